"""nginx takes the site of a real installation, with the includes that a private desk uses too."""

import os
import re
import shutil
import subprocess

import pytest

from private_desk import free_port
from source_tree import ROOT

NGINX = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")


@pytest.fixture
def installed(tmp_path):
    """conf/nginx as /etc and /opt would have it, moved below tmp_path, on ports that are free."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=desk.example.com",
                    "-keyout", tmp_path / "key.pem", "-out", tmp_path / "fullchain.pem"], check=True, capture_output=True)
    shutil.copytree(ROOT / "conf/nginx", tmp_path / "nginx")
    shutil.copy(ROOT / "conf/nginx/proxy-identity.conf.example", tmp_path / "proxy-identity.conf")
    site = (ROOT / "conf/nginx/site.conf.example").read_text()
    site = site.replace("/opt/clusterdesk/nginx", f"{tmp_path}/nginx").replace("/etc/ssl/clusterdesk", str(tmp_path))
    site = site.replace("/var/log/nginx", str(tmp_path)).replace("/etc/clusterdesk", str(tmp_path))
    site = re.sub(r"^\s*listen \[::\].*\n", "", site, flags=re.M)
    for port in ("80", "443"):
        site = re.sub(rf"listen {port}\b", f"listen 127.0.0.1:{free_port()}", site)
    return tmp_path, site


def check(folder, site):
    (folder / "nginx.conf").write_text(
        f"pid {folder}/pid;\nevents {{}}\nhttp {{\n"
        + "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        + site + "}\n")
    result = subprocess.run([NGINX, "-t", "-e", folder / "error.log", "-p", folder, "-c", folder / "nginx.conf"], capture_output=True, text=True)
    return result.returncode, result.stderr


def test_nginx_accepts_the_site(installed):
    code, said = check(*installed)

    assert code == 0, said
    assert "[warn]" not in said


def test_nginx_accepts_the_site_behind_an_identity_proxy(installed):
    folder, site = installed
    assert "# include" in site

    code, said = check(folder, site.replace("# include", "include"))

    assert code == 0, said


def test_nginx_and_the_program_agree_on_the_largest_body():
    nginx = re.search(r"client_max_body_size (\d+)m;", (ROOT / "conf/nginx/clusterdesk.conf").read_text()).group(1)
    program = re.search(r"max_body_bytes: (\d+)", (ROOT / "conf/clusterdesk.yaml").read_text()).group(1)

    assert int(nginx) << 20 == int(program)


def test_the_timer_and_the_crontab_start_the_same_tick():
    tick = "/opt/clusterdesk/bin/clusterdesk-worker tick --config /etc/clusterdesk/clusterdesk.yaml"

    assert tick in (ROOT / "conf/cron/clusterdesk").read_text()
    assert f"ExecStart={tick}\n" in (ROOT / "conf/systemd/clusterdesk-tick.service").read_text()
