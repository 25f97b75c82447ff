"""The dependency rule of docs/architecture.md, held by reading every include."""

import re

import pytest

from source_tree import ROOT, files, lines, shown

# layer -> what it may include besides itself
LAYERS = {
    "core/base": (),
    "core/pg": ("core/base",),
    "core/model": ("core/base",),
    "core/cloud": ("core/base",),
    "core/store": ("core/base", "core/pg", "core/model", "core/cloud"),
    "cgi": ("core/base", "core/pg", "core/model", "core/cloud", "core/store"),
    "worker": ("core/base", "core/pg", "core/model", "core/cloud", "core/store"),
}

# header of a library -> the only places that may include it
LIBRARIES = {
    r"libpq-fe\.h|libpq/.*": ("core/pg/",),
    r"fcgiapp\.h|fcgio\.h|fcgi_stdio\.h|fcgi_config\.h": ("cgi/server.cpp",),
    r"ctemplate/.*|keys/.*": ("cgi/dictionary", "cgi/render", "cgi/views/"),
    r"curl/.*": ("core/base/http_client.cpp",),
    r"yaml-cpp/.*": ("core/base/yaml.cpp", "core/base/yaml_write.hpp"),
    r"archive\.h|archive_entry\.h": ("core/base/archive.cpp", "worker/demo/"),
    r"date/.*": ("core/base/time.cpp", "core/base/local_time.cpp"),
    r"crypt\.h": ("core/base/",),
    r"openssl/.*": ("core/base/", "worker/demo/", "worker/redact.cpp"),
}

# The model knows neither the world nor the time.
IMPURE_HEADERS = re.compile(r"fstream|iostream|filesystem|thread|mutex|unistd\.h|sys/.*|poll\.h|fcntl\.h")
IMPURE_CALLS = re.compile(r"\b\w*_clock::now\(|\bgetenv\(|\bstd::time\(|\bfopen\(")

INCLUDE = re.compile(r'\s*#\s*include\s+[<"]([^>"]+)[>"]')
SOURCES = [path for top in ("core", "cgi", "worker") for path in files(".cpp", ".hpp", under=top)]


def includes(path):
    for number, text in lines(path):
        if match := INCLUDE.match(text):
            yield number, match.group(1)


def layer_of(name):
    return next((layer for layer in LAYERS if name.startswith(layer + "/")), None)


def test_every_source_belongs_to_a_layer():
    assert SOURCES
    assert [shown(path) for path in SOURCES if layer_of(shown(path)) is None] == []


def test_a_layer_includes_only_what_lies_below_it():
    wrong = []
    for path in SOURCES:
        own = layer_of(shown(path))
        for number, header in includes(path):
            other = layer_of(header)
            if other and other != own and other not in LAYERS[own]:
                wrong.append(f"{shown(path)}:{number}: {own} must not include {header}")
    assert wrong == []


@pytest.mark.parametrize("headers", LIBRARIES)
def test_a_library_is_used_in_its_place_only(headers):
    wrong = []
    for path in SOURCES:
        for number, header in includes(path):
            if re.fullmatch(headers, header) and not shown(path).startswith(LIBRARIES[headers]):
                wrong.append(f"{shown(path)}:{number}: {header} belongs to {', '.join(LIBRARIES[headers])}")
    assert wrong == []


def test_the_model_reads_no_file_no_clock_no_environment():
    wrong = []
    for path in files(".cpp", ".hpp", under="core/model"):
        wrong += [f"{shown(path)}:{number}: {header}" for number, header in includes(path) if IMPURE_HEADERS.fullmatch(header)]
        wrong += [f"{shown(path)}:{number}: {text.strip()}" for number, text in lines(path) if IMPURE_CALLS.search(text)]
    assert wrong == []


def test_a_source_file_includes_its_own_header_first():
    wrong = []
    for path in SOURCES:
        header = path.with_suffix(".hpp")
        if path.suffix == ".cpp" and header.exists():
            first = next((name for _, name in includes(path)), None)
            if first != shown(header):
                wrong.append(f"{shown(path)}: includes {first} before its own header")
    assert wrong == []


def test_quoted_includes_name_files_that_are_there():
    wrong = []
    for path in SOURCES:
        for number, header in includes(path):
            if layer_of(header) and not (ROOT / header).exists():
                wrong.append(f"{shown(path)}:{number}: {header}")
    assert wrong == []
