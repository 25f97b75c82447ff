"""The shell scripts: shellcheck has nothing to say, and the script's own help and tables agree."""

import re
import subprocess

from source_tree import ROOT


def run(*command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_shellcheck_has_nothing_to_say():
    result = run("shellcheck", "--external-sources", "--check-sourced", "desk", ".ci/run", "conf/cron/every-minute")

    assert (result.returncode, result.stdout) == (0, "")


def test_every_verb_is_in_the_help_and_has_its_function():
    table = dict(re.findall(r'^    \[(\w+)\]="(\w+)\|', (ROOT / "desk").read_text(), re.M))
    code = "".join(path.read_text() for path in [ROOT / "desk", *(ROOT / "conf/desk").glob("*.sh")])
    text = run("./desk", "help").stdout

    assert len(table) > 5
    assert set(re.findall(r"^  (\w+)", text, re.M)) - {"CLUSTERDESK_DATABASE_URL"} == set(table)
    assert [function for function in table.values() if f"\n{function}() {{" not in code] == []


def test_a_mistyped_verb_or_option_is_refused_with_the_way_out():
    for words in (["upp"], ["up", "--peeple"], ["up", "--port"], ["up", "--port", "80"], ["up", "--state", "a b"], ["test", "unti"]):
        result = run("./desk", *words)

        assert (result.returncode, result.stdout) == (2, ""), words
        assert result.stderr.startswith("desk: ") and len(result.stderr.splitlines()) == 1, words


def test_a_socket_path_that_does_not_fit_is_refused_with_the_reason():
    deep = "/tmp/" + "d" * 120

    result = subprocess.run(
        ["bash", "-c", 'source conf/desk/say.sh; source conf/desk/places.sh; is_root() { false; }; STATE=$1 PORT=8080; choose_socket_dir', "-", deep],
        cwd=ROOT, env={"PATH": "/usr/bin:/bin", "TMPDIR": deep}, capture_output=True, text=True)

    assert result.returncode == 1
    assert "too long for a unix socket (107 bytes)" in result.stderr
