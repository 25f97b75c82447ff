"""docs/adding-a-page.md, followed to the letter: its files are put into a copy of the sources, compiled, linked with what
is built already, and the new page is asked for."""

import os
import re
import shlex
import shutil
import subprocess

import pytest

from source_tree import ROOT

BUILD = ROOT / "build/release"
BLOCK = re.compile(r"^(New file|In) \*\*(\S+)\*\*(?:, below the line with `([^`]+)`)?:\n\n```\w*\n(.*?)^```$", re.M | re.S)


def steps():
    """(path, the line it goes below or None for a new file, text) of every instruction of the page."""
    return [(path, anchor or None, text) for _, path, anchor, text in BLOCK.findall((ROOT / "docs/adding-a-page.md").read_text())]


def follow(tree):
    """Does what the page says; the paths it touched."""
    for path, anchor, text in steps():
        target = tree / path
        if anchor is None:
            assert not target.exists(), f"{path} is there already"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
            continue
        lines = target.read_text().splitlines(keepends=True)
        at = [number for number, line in enumerate(lines) if anchor in line]
        assert len(at) == 1, f"{path} has {len(at)} lines with {anchor}"
        lines.insert(at[0] + 1, text)
        target.write_text("".join(lines))
    return [path for path, _, _ in steps()]


def run(command, **options):
    result = subprocess.run(command, capture_output=True, text=True, **options)
    assert result.returncode == 0, f"{shlex.join(map(str, command))}\n{result.stdout[-2000:]}{result.stderr[-6000:]}"
    return result.stdout


def command_of(target):
    """The command that made `target` in the build."""
    line = run(["ninja", "-C", BUILD, "-t", "commands", "-s", target]).splitlines()[-1]
    return [word for word in shlex.split(line) if word not in (":", "&&")]


def compile_into(tree, source, folder):
    """Compiles `source` of the copied tree as cgi/routes.cpp is compiled in the build."""
    made = folder / (source.replace("/", "_") + ".o")
    command = [f"-I{tree}" if word == f"-I{ROOT}" else word for word in command_of("CMakeFiles/desk_web.dir/cgi/routes.cpp.o")]
    for option, value in (("-o", made), ("-c", tree / source), ("-MT", made), ("-MF", f"{made}.d")):
        command[command.index(option) + 1] = value
    command[command.index("-o"):command.index("-o")] = ["-isystem", folder / "generated"]
    run(command, cwd=BUILD)
    return made


@pytest.fixture(scope="module")
def program(desk):
    """The web program with the page in it, and the templates that go with it."""
    tree, made = desk.folder / "tree", desk.folder / "made"
    for part in ("core", "cgi", "templates", "tests/cases"):
        shutil.copytree(ROOT / part, tree / part)
    touched = follow(tree)
    for template in (path for path in touched if path.endswith(".tpl")):
        header = made / "generated/keys" / (template.removeprefix("templates/") + ".hpp")
        header.parent.mkdir(parents=True)
        run(["ctemplate-make_tpl_varnames_h", "-q", "-f", header, tree / template])
    # Of what was there before, only sources are compiled again: a declaration more changes nothing for who includes it.
    objects = [compile_into(tree, path, made) for path in touched if path.endswith(".cpp")]

    link = command_of("clusterdesk")
    link[link.index("-o") + 1] = made / "clusterdesk"
    main = next(number for number, word in enumerate(link) if str(word).endswith(".o"))
    link[main + 1:main + 1] = objects  # before the libraries, so that they stand in for what is in there
    run(link, cwd=BUILD)
    return made / "clusterdesk", tree / "templates"


def ask(desk, program, path, name):
    """GET as a signed-in person, by plain CGI: (status line, body)."""
    binary, templates = program
    environment = {
        "PATH": os.environ["PATH"],
        "CLUSTERDESK_CONFIG": str(desk.state / "clusterdesk.yaml"),
        "CLUSTERDESK_WEB_TEMPLATES": str(templates),
        "GATEWAY_INTERFACE": "CGI/1.1",
        "REQUEST_METHOD": "GET",
        "REQUEST_URI": path,
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_COOKIE": session_of(desk, name),
    }
    as_desk = ["runuser", "-u", "clusterdesk", "--"] if os.geteuid() == 0 else []
    head, _, body = run([*as_desk, binary], env=environment).replace("\r\n", "\n").partition("\n\n")
    return head, body


def session_of(desk, name):
    """The cookie of a new session."""
    form = desk.call("GET", "/sign-in")
    csrf = re.search(r'name="csrf" value="([^"]+)"', form.body.decode()).group(1)
    cookie = "; ".join(value.split(";")[0] for value in form.headers.get_all("Set-Cookie"))
    answer = desk.call("POST", "/sign-in", body=f"csrf={csrf}&username={name}&password={desk.passwords[name]}".encode(),
                       headers={"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status == 303, answer.body
    return next(value.split(";")[0] for value in answer.headers.get_all("Set-Cookie") if "desk_session" in value)


def test_the_page_that_the_docs_add_answers(desk, program):
    head, body = ask(desk, program, "/versions", "requester")

    assert "Status: 200" in head, head
    assert "<h1>Versions in use</h1>" in body
    assert "Sign out" in body, "it is in the layout"


def test_the_page_is_not_there_before(desk):
    assert desk.call("GET", "/versions").status == 404


def test_the_added_sources_have_the_format_of_the_others(tmp_path):
    tree = tmp_path / "tree"
    shutil.copytree(ROOT / "cgi", tree / "cgi")
    shutil.copy(ROOT / ".clang-format", tree)
    touched = follow(tree)

    run(["clang-format-14", "--dry-run", "-Werror", *(path for path in touched if path.endswith((".cpp", ".hpp")))], cwd=tree)
