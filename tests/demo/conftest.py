"""Fixtures: a fresh demo cloud for each test, and no process left behind."""

import pytest

from installer import Installer, all_pids, end_process, exe_of


@pytest.fixture
def cloud(tmp_path):
    yield tmp_path / "cloud"
    for pid in all_pids():
        if exe_of(pid).startswith(str(tmp_path)):
            end_process(pid)


@pytest.fixture
def installer(tmp_path, cloud):
    """An install directory with an install-config.yaml in it."""
    return Installer(tmp_path, cloud).order()


@pytest.fixture
def another(tmp_path, cloud):
    """Makes further directories on the same cloud: another(name, folder)."""

    def make(name="demo2", folder="other"):
        (tmp_path / folder).mkdir(exist_ok=True)
        return Installer(tmp_path / folder, cloud, name).order()

    return make
