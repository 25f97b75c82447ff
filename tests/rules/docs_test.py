"""What README and docs tell a reader to type or open is there."""

import re
import subprocess

import pytest

from source_tree import ROOT, files, lines, shown

PAGES = [ROOT / "README.md", *files(".md", under="docs")]
VERBS = dict(re.findall(r'^    \[(\w+)\]="\w+\|([^|]*)\|', (ROOT / "desk").read_text(), re.M))
TAKE_ALL = set(re.findall(r'^    \[(\w+)\]="[^"]*\|rest"', (ROOT / "desk").read_text(), re.M))
EVERYWHERE = {"--port", "--state"}


def commands():
    """(page, line, command) for every `./desk ...` and `make ...` in code blocks and inline code."""
    for page in PAGES:
        inside = False
        for number, text in lines(page):
            if text.lstrip().startswith("```"):
                inside = not inside
                continue
            for command in [text.strip()] if inside else re.findall(r"`([^`]+)`", text):
                command = re.sub(r"^(\$|sudo)\s+", "", command.split("#")[0].strip())
                if command.startswith(("./desk ", "make ")):
                    yield shown(page), number, command.split()


def test_there_is_something_to_check():
    assert PAGES[0].exists()
    assert any(page == "README.md" for page, _, _ in commands())


def test_every_desk_command_has_its_verb_and_options():
    wrong = []
    for page, number, (program, verb, *rest) in commands():
        if program != "./desk":
            continue
        if verb not in VERBS:
            wrong.append(f"{page}:{number}: ./desk {verb}")
        elif verb not in TAKE_ALL:
            options = {word.split("=")[0] for word in rest if word.startswith("-")}
            wrong += [f"{page}:{number}: ./desk {verb} {option}" for option in options - EVERYWHERE - set(VERBS[verb].split())]
    assert wrong == []


def test_every_layer_that_is_named_exists():
    layers = re.findall(r"^    \[(\w+)\]=", (ROOT / "conf/desk/test.sh").read_text(), re.M)
    wrong = []
    for page, number, (program, verb, *rest) in commands():
        if (program, verb) == ("./desk", "test"):
            wrong += [f"{page}:{number}: {word}" for word in rest if re.fullmatch(r"[a-z0-9]+", word) and word not in layers]
    assert wrong == []


def test_every_make_target_exists():
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.M))
    assert [f"{page}:{number}: make {verb}" for page, number, (program, verb, *_) in commands() if program == "make" and verb not in targets] == []


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_link_to_a_file_leads_somewhere(page):
    wrong = []
    for number, text in lines(page):
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
            if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists():
                wrong.append(f"{shown(page)}:{number}: {target}")
    assert wrong == []


def test_every_path_in_code_style_is_there():
    tops = "cgi|core|templates|static|migrations|worker|tests|conf|docs"
    wrong = []
    for page in PAGES:
        if page.name.startswith("adding-"):
            continue  # it names the files that its reader is about to make
        for number, text in lines(page):
            for path in re.findall(rf"`((?:{tops})/[\w./-]+)`", text):
                if not (ROOT / path.rstrip("/")).exists() and not list(ROOT.glob(path + "*")):
                    wrong.append(f"{shown(page)}:{number}: {path}")
    assert wrong == []


def test_every_test_that_is_named_exists():
    there = set()
    for file in files(".cpp", under="tests"):
        there |= {".".join(found) for found in re.findall(r"^TEST(?:_F|_P)?\((\w+),\s*(\w+)\)", file.read_text(), re.M)}
    wrong = []
    for page in PAGES:
        for number, text in lines(page):
            for name in re.findall(r"`([A-Z][A-Za-z]+\.[A-Z][A-Za-z]+)`", text):
                if name not in there:
                    wrong.append(f"{shown(page)}:{number}: {name}")
    assert wrong == []


def test_make_verbs_only_call_the_script():
    result = subprocess.run(["make", "-n", "up", "PORT=8081", "STATE=var/x"], cwd=ROOT, capture_output=True, text=True)

    assert result.stdout.split() == ["./desk", "up", "--port", "8081", "--state", "var/x"]
