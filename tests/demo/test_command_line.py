"""What demo-install says on the command line, as openshift-install says it."""

import re
import subprocess

import pytest

from installer import BINARY, HONEST, Installer, run_bare


@pytest.fixture
def ccoctl(tmp_path):
    """The program under the name by which it plays ccoctl."""
    link = tmp_path / "ccoctl"
    link.symlink_to(BINARY)

    def run(*words):
        return subprocess.run([link, "aws", *words], env={"HOME": str(tmp_path)}, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return run


class TestCcoctl:
    def test_only_what_makes_takes_the_flag_for_tech_previews(self, ccoctl):
        ended = ccoctl("delete", "--name", "demo1", "--region", "eu-west-1", "--enable-tech-preview")

        assert ended.returncode == 1 and "unknown flag: --enable-tech-preview" in ended.stderr

    @pytest.mark.parametrize("flags, secrets", [([], ["kept"]), (["--enable-tech-preview"], ["kept", "preview"])])
    def test_it_passes_over_what_is_deleted_and_what_only_tech_previews_have(self, ccoctl, tmp_path, flags, secrets):
        requests = tmp_path / "requests"
        requests.mkdir()
        for name, annotation in (("kept", "{}"), ("preview", "{release.openshift.io/feature-gate: TechPreviewNoUpgrade}"),
                                 ("former", '{release.openshift.io/delete: "true"}')):
            (requests / f"{name}.yaml").write_text(
                f"metadata:\n  annotations: {annotation}\nspec:\n  secretRef: {{name: {name}, namespace: openshift-a}}\n")

        ended = ccoctl("create-all", "--dry-run", "--name", "demo1", "--region", "eu-west-1", *flags,
                       "--credentials-requests-dir", requests, "--output-dir", tmp_path / "made")

        assert ended.returncode == 0, ended.stderr
        made = {file.name for file in (tmp_path / "made/manifests").iterdir()}
        assert made == {"cluster-authentication-02-config.yaml", *(f"openshift-a-{name}-credentials.yaml" for name in secrets)}


class TestCommandLine:
    def test_version_prints_its_lines_on_stdout(self):
        ended = run_bare("version", DEMO_VERSION="4.19.10")

        lines = ended.stdout.splitlines()
        assert ended.returncode == 0 and ended.stderr == ""
        assert lines[0] == f"{BINARY} 4.19.10"
        assert re.fullmatch("built from commit [0-9a-f]{40}", lines[1])
        assert re.fullmatch("release image quay.io/openshift-release-dev/ocp-release@sha256:[0-9a-f]{64}", lines[2])
        assert lines[3:] == ["release architecture amd64"]

    @pytest.mark.parametrize("words", [["--help"], ["create", "--help"], ["destroy", "cluster", "-h"], [], ["create"]])
    def test_help_says_that_it_is_the_stand_in(self, words):
        ended = run_bare(*words)

        assert ended.returncode == 0 and ended.stderr == ""
        assert HONEST in ended.stdout

    @pytest.mark.parametrize("words", [["create", "clsuter"], ["destroy", "foo"], ["wait-for", "x"]])
    def test_a_misspelt_second_word_prints_help_and_succeeds(self, words):
        ended = run_bare(*words)

        assert ended.returncode == 0 and "Usage:" in ended.stdout

    @pytest.mark.parametrize("words, why", [
        (["--bogus"], "unknown flag: --bogus"),
        (["destroy", "cluster", "--skip-password-print"], "unknown flag: --skip-password-print"),
        (["create", "cluster", "now"], "accepts 0 arg(s), received 1"),
        (["crate"], 'unknown command "crate" for "openshift-install"'),
        (["create", "cluster", "--dir"], "flag needs an argument: --dir"),
    ])
    def test_other_mistakes_are_one_fatal_line_with_a_time(self, words, why):
        ended = run_bare(*words)

        message = re.escape(("Error executing openshift-install: " + why).replace('"', r'\"'))
        assert ended.returncode == 1 and ended.stdout == ""
        assert re.fullmatch(rf'time="\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ" level=fatal msg="{message}"\n', ended.stderr)

    def test_a_bad_log_level_is_fatal(self):
        ended = run_bare("create", "cluster", "--log-level", "zzz")

        assert ended.returncode == 1
        assert ended.stderr == 'level=fatal msg=invalid log-level: not a valid logrus Level: "zzz"\n'

    def test_flags_may_stand_before_the_verb_and_with_an_equals_sign(self, installer):
        ended = run_bare(f"--dir={installer.dir}", "--log-level=error", "create", "manifests", DEMO_CLOUD=str(installer.cloud),
                         DEMO_SCALE="0")

        assert ended.returncode == 0 and ended.stderr == ""
        assert "manifests/cluster-config.yaml" in installer.files()

    @pytest.mark.parametrize("verb", [["create", "cluster"], ["create", "manifests"], ["wait-for", "install-complete"]])
    def test_without_a_demo_cloud_nothing_begins(self, installer, verb):
        installer.prepare()
        ended = run_bare(*verb, "--dir", str(installer.dir))

        assert ended.returncode == 1
        assert "level=fatal msg=DEMO_CLOUD is not set" in ended.stderr

    @pytest.mark.parametrize("settings, why", [
        ({"DEMO_SCALE": "fast"}, 'DEMO_SCALE: "fast" is not a number of 0 or more'),
        ({"DEMO_FAIL": "gremlins"}, 'DEMO_FAIL: there is no failure "gremlins"'),
        ({"DEMO_FAIL": "hang@moon"}, 'DEMO_FAIL: there is no stage "moon"'),
        ({"DEMO_FAIL": "hang:0"}, 'DEMO_FAIL: the count of "hang:0" is not 1 to 1000'),
    ])
    def test_settings_that_make_no_sense_are_fatal(self, installer, settings, why):
        ended = installer.run("create", "manifests", **settings)

        assert ended.code == 1
        assert why in ended.last


class TestLogs:
    def test_the_first_line_is_honest_and_the_standard_lines_follow(self, installer):
        ended = installer.run("create", "manifests", DEMO_VERSION="4.20.3")

        assert ended.err.splitlines()[0] == f"level=debug msg={HONEST}"
        assert ended.err.splitlines()[1] == "level=debug msg=OpenShift Installer 4.20.3"
        assert ended.err.splitlines()[2].startswith("level=debug msg=Built from commit ")

    def test_everything_is_on_stderr(self, installer):
        assert installer.create_all().out == b""

    def test_the_file_has_every_line_in_logfmt_whatever_the_level(self, installer):
        installer.prepare()
        run_bare("create", "cluster", "--dir", str(installer.dir), "--log-level", "error", DEMO_SCALE="0",
                 DEMO_CLOUD=str(installer.cloud))

        lines = installer.log().splitlines()
        assert all(re.match(r'time="[^"]+" level=(debug|info|warning) msg=', line) for line in lines)
        assert sum("level=debug" in line for line in lines) > 700
        assert sum('msg="OpenShift Installer 4.20.3"' in line for line in lines) == 4  # one, one, and two of create cluster

    def test_a_message_of_several_lines_is_one_line_in_the_file(self, installer):
        ended = installer.create_all()

        kubeconfig = installer.path("auth/kubeconfig")
        assert ended.says("To access the cluster as the system:admin user when using 'oc', run")
        assert ended.says(f"    export KUBECONFIG={kubeconfig}")
        assert rf"when using 'oc', run\n    export KUBECONFIG={kubeconfig}" in installer.log()

    def test_a_foreign_klog_line_goes_to_stderr_only(self, installer):
        ended = installer.create_all()

        assert re.search(r"^I\d{4} .* warning_handler.go:65\] ", ended.err, re.M)
        assert "warning_handler" not in installer.log()
