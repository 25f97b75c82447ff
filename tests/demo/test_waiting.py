"""How demo-install waits and gathers, and by which clock."""

import os
import re



class TestWaitFor:
    def test_it_goes_on_where_operators_failed(self, installer):
        failed = installer.create_all(DEMO_FAIL="operators:1")

        ended = installer.run("wait-for", "install-complete", DEMO_FAIL="operators:1")

        assert failed.code == 6
        assert failed.says("The 'wait-for install-complete' subcommand can then be used to continue the installation")
        assert ended.code == 0 and ended.says("Install complete!") and ended.says("Time elapsed: 13m0s")

    def test_it_needs_only_the_auth_folder(self, installer):
        installer.create_all(DEMO_FAIL="operators:1")
        installer.keep_only("auth/kubeconfig", "auth/kubeadmin-password")

        assert installer.run("wait-for", "install-complete").code == 0

    def test_bootstrap_complete_says_that_it_is_safe(self, installer):
        installer.create_all()

        ended = installer.run("wait-for", "bootstrap-complete")

        assert ended.code == 0 and ended.says("It is now safe to remove the bootstrap resources")

    def test_without_a_kubeconfig_it_is_fatal(self, installer):
        ended = installer.run("wait-for", "install-complete")

        assert ended.code == 1
        assert ended.last == (f"level=fatal msg=loading kubeconfig: stat {installer.path('auth/kubeconfig')}: "
                              "no such file or directory")

    def test_without_a_password_a_healthy_cluster_is_exit_6(self, installer):
        installer.create_all()
        installer.path("auth/kubeadmin-password").unlink()

        assert installer.run("wait-for", "install-complete").code == 6

    def test_a_cluster_that_is_gone_does_not_answer(self, installer):
        installer.prepare()

        ended = installer.run("wait-for", "install-complete")

        assert ended.code == 6 and "lookup api.demo1.example.com: no such host" in ended.last

    def test_the_password_is_printed_unless_told_otherwise(self, installer):
        installer.prepare()
        password = installer.path("auth/kubeadmin-password").read_text()

        omitted = installer.create()
        printed = installer.run("wait-for", "install-complete")

        assert password not in omitted.err
        assert omitted.says(f"Credentials omitted, if necessary verify the {installer.path('auth/kubeadmin-password')} file")
        assert printed.says(f'Login to the console with user: "kubeadmin", and password: "{password}"')


class TestGather:
    def test_without_a_bootstrap_machine_it_is_fatal(self, installer):
        ended = installer.run("gather", "bootstrap")

        assert ended.code == 1 and ended.last == "level=fatal msg=must provide bootstrap host address"

    def test_with_a_host_it_writes_a_bundle(self, installer):
        ended = installer.run("gather", "bootstrap", "--bootstrap", "203.0.113.9", "--master", "10.0.0.1", "--skipAnalysis")

        assert ended.code == 0 and len(list(installer.dir.glob("log-bundle-*.tar.gz"))) == 1


class TestClock:
    def test_a_whole_creation_takes_well_below_a_second_of_cpu(self, installer):
        installer.prepare()
        before = os.times()

        installer.create()

        after = os.times()
        used = after.children_user + after.children_system - before.children_user - before.children_system
        assert used < 0.8

    def test_the_scale_slows_it_down_and_the_text_tells_unscaled_time(self, installer):
        installer.prepare()
        before = os.times()

        ended = installer.create(DEMO_SCALE="0.0004")

        assert ended.says("Time elapsed: 37m30s")
        assert os.times().elapsed - before.elapsed >= 2250 * 0.0004

    def test_progress_is_told_in_percent(self, installer):
        ended = installer.create_all()

        percent = [int(number) for number in re.findall(r"Working towards 4.20.3: \d+ of 901 done \((\d+)% complete\)",
                                                        ended.err)]
        assert percent == sorted(percent) and percent[-1] == 100 and len(percent) > 10
