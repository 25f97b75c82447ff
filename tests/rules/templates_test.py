"""What keeps the pages safe in ctemplate and under the Content-Security-Policy."""

import re
from html.parser import HTMLParser

import pytest

from source_tree import ROOT, files, lines, shown

TEMPLATES = files(".tpl", under="templates")
PAGES = [path for path in TEMPLATES if "mail" not in path.parts]
MARKER = re.compile(r"\{\{([^}]*)\}\}")

# ctemplate does not know these as URLs, so a value in them would be escaped for the wrong place.
UNKNOWN_URL_ATTRIBUTES = {"srcset", "formaction", "poster", "data", "ping", "manifest", "xlink:href", "srcdoc"}
URL_ATTRIBUTES = {"href", "src", "action"}


class Tags(HTMLParser):
    """Every start tag with its line."""

    def __init__(self, text):
        super().__init__(convert_charrefs=False)
        self.found = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.found.append((self.getpos()[0], tag, attributes))


def tags(path):
    # Sections inside a tag ({{#CHECKED}} checked{{/CHECKED}}) would read as attributes of their own.
    text = re.sub(r"\{\{[#/!>%][^}]*\}\}", "", path.read_text(encoding="utf-8"))
    return Tags(text).found


def test_there_are_templates():
    assert PAGES


@pytest.mark.parametrize("path", TEMPLATES, ids=shown)
def test_the_first_line_turns_escaping_on(path):
    first = lines(path)[0][1]

    assert re.fullmatch(r'\{\{%AUTOESCAPE context="(HTML|JSON|JAVASCRIPT|CSS|XML)"( state="\w+")?\}\}', first), first


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_no_value_is_put_into_a_script_or_style(path):
    text = path.read_text(encoding="utf-8")
    for tag in ("script", "style"):
        for body in re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", text, re.S | re.I):
            assert not MARKER.search(body), body


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_no_value_is_put_into_an_attribute_that_ctemplate_takes_for_text(path):
    wrong = [
        f"{shown(path)}:{line}: {name}"
        for line, _, attributes in tags(path)
        for name, value in attributes
        if name in UNKNOWN_URL_ATTRIBUTES and MARKER.search(value or "")
    ]
    assert wrong == []


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_values_in_a_query_string_are_url_encoded(path):
    wrong = []
    for line, _, attributes in tags(path):
        for name, value in attributes:
            if name not in URL_ATTRIBUTES or "?" not in (value or ""):
                continue
            for marker in MARKER.findall(value.split("?", 1)[1]):
                if "u" not in marker.split(":")[1:]:
                    wrong.append(f"{shown(path)}:{line}: {{{{{marker}}}}} in {name} needs :u")
    assert wrong == []


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_values_of_several_lines_keep_them(path):
    """Escaping turns line ends into spaces, but for :p."""
    text = path.read_text(encoding="utf-8")
    for inside in re.findall(r"<(?:pre|textarea)\b[^>]*>(.*?)</(?:pre|textarea)>", text, re.S):
        for marker in re.findall(r"\{\{(\w+(?::\w+)*)\}\}", inside):
            assert marker.endswith(":p"), marker


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_nothing_inline_that_the_security_policy_forbids(path):
    wrong = []
    for line, tag, attributes in tags(path):
        names = dict(attributes)
        if tag == "style" or (tag == "script" and "src" not in names):
            wrong.append(f"{shown(path)}:{line}: <{tag}> inline")
        wrong += [f"{shown(path)}:{line}: {name}" for name in names if name == "style" or name.startswith("on")]
        wrong += [f"{shown(path)}:{line}: {value}" for value in names.values() if (value or "").lower().startswith("javascript:")]
    assert wrong == []


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_every_form_that_posts_carries_its_csrf_field(path):
    text = path.read_text(encoding="utf-8")
    for form in re.findall(r"<form\b[^>]*method=\"post\"[^>]*>.*?</form>", text, re.S | re.I):
        assert "csrf" in form.lower(), form[:200]


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_nothing_is_loaded_from_elsewhere(path):
    wrong = [
        f"{shown(path)}:{line}: {value}"
        for line, tag, attributes in tags(path)
        for name, value in attributes
        if name in ("src", "href") and tag in ("script", "link", "img", "iframe", "use") and re.match(r"(https?:)?//", value or "")
    ]
    assert wrong == []


# Forms that work whatever brake is pulled: getting in and out, and what an administrator stops and starts the desk with.
UNBRAKED = {"/sign-in", "/sign-out", "/admin/brakes", "/admin/workers/{{HOST:u}}/drain", "/admin/workers/{{HOST:u}}/resume"}


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_every_form_that_a_brake_may_refuse_says_so_before_it_is_sent(path):
    text = path.read_text(encoding="utf-8")
    for form in re.findall(r"<form\b[^>]*method=\"post\"[^>]*>.*?</form>", text, re.S | re.I):
        if re.search(r'action="([^"]*)"', form)[1] not in UNBRAKED:
            assert re.search(r'<p class="held">\{\{HELD_(CREATES|DESTROYS|CHANGES)\}\}</p>', form), form[:200]


def test_no_other_note_of_a_brake_is_named():
    named = {name for path in PAGES for name in re.findall(r"\{\{(HELD_\w*)", path.read_text(encoding="utf-8"))}
    known = set(re.findall(r'SetTemplateGlobalValue\("(HELD_\w+)"', (ROOT / "cgi/render.cpp").read_text(encoding="utf-8")))

    assert named == known
