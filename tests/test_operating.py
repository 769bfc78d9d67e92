"""The page on operating is followed: service, proxy with TLS below a path, backup."""

import datetime as dt
import re
import shlex
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from configparser import ConfigParser
from contextlib import contextmanager, suppress
from http.client import HTTPSConnection
from pathlib import Path
from urllib.request import urlopen

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from scheduler.services.offices import Store
from tests.web.conftest import clashing_timetable

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="is about Debian")
ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "operating.md").read_text("utf-8")
HOST, SECONDS = "school.example", 60
CUOFENG = f"{sys.executable} -m scheduler"


def block(language, first):
    """The block of the page that begins with a line."""
    for found in re.findall(rf"```{language}\n(.*?)```", PAGE, re.S):
        if found.startswith(first):
            return found
    raise AssertionError(first)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@contextmanager
def running(command, cwd, stop):
    """A process while the block lasts; it ends as it is told, with 0."""
    process = subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield process
    finally:
        process.send_signal(stop)
        code = process.wait(SECONDS)
        process.stdout.close()
    assert code == 0


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """What stands for /var/lib/cuofeng, with a published school and a certificate."""
    home = tmp_path_factory.mktemp("var")
    store = Store.open(f"sqlite:///{home / 'school.db'}")
    table = clashing_timetable()
    office = store.add_office("s1", "铁山路学校")
    office.publish(table.problem, table, "秋季", "{}")
    store.close()
    make_certificate(home)
    (home / "backups").mkdir()
    return home


def make_certificate(home):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (home / "cuofeng.pem").write_bytes(made.public_bytes(pem))
    secret = key.private_bytes(
        pem,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (home / "cuofeng.key").write_bytes(secret)


def as_here(text, home, ports):
    """Words of the page with the folders and ports of this test."""
    for ours, theirs in (
        ("/opt/cuofeng/.venv/bin/cuofeng", CUOFENG),
        ("/var/lib/cuofeng", str(home)),
        ("/etc/ssl", str(home)),
        ("--port 8000", f"--port {ports['site']}"),
        ("127.0.0.1:8000", f"127.0.0.1:{ports['site']}"),
        ("--metrics 9100", f"--metrics {ports['metrics']}"),
        ("listen 443", f"listen 127.0.0.1:{ports['tls']}"),
    ):
        text = text.replace(ours, theirs)
    return text


@pytest.fixture(scope="module")
def ports():
    return {name: free_port() for name in ("site", "metrics", "tls")}


@pytest.fixture(scope="module")
def service(home, ports):
    """The service and the proxy, started as the page says; what the service said."""
    unit = ConfigParser(interpolation=None)
    unit.optionxform = str
    unit.read_string(block("ini", "[Unit]"))
    command = shlex.split(as_here(unit["Service"]["ExecStart"], home, ports))
    conf = home / "nginx.conf"
    server = as_here(block("nginx", "server {"), home, ports)
    conf.write_text(
        f"daemon off; pid {home}/nginx.pid; error_log stderr;\n"
        f"events {{}}\nhttp {{\n"
        + "".join(
            f"{kind}_temp_path {home}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        + f"{server}}}\n"
    )
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    with running(command, ROOT, signal.SIGTERM) as process:
        said = []
        for line in process.stdout:
            said.append(line)
            if "Ctrl+C" in line:
                break
        proxy = [nginx, "-p", str(home), "-c", str(conf)]
        with running(proxy, home, signal.SIGTERM):
            wait_for(ports["tls"])
            yield "".join(said)


def wait_for(port):
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    raise AssertionError(port)


class Pinned(HTTPSConnection):
    """A client that takes the name of the school for this machine."""

    def connect(self):
        plain = socket.create_connection(("127.0.0.1", self.port), SECONDS)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host)


def ask(home, ports, path):
    context = ssl.create_default_context(cafile=home / "cuofeng.pem")
    client = Pinned(HOST, ports["tls"], context=context)
    client.request("GET", path, headers={"Host": HOST})
    answer = client.getresponse()
    body = answer.read().decode()
    client.close()
    return answer, body


def test_site_answers_behind_the_proxy_below_its_path(service, home, ports):
    assert ask(home, ports, "/kebiao/health")[1] == "ok\n"
    answer, page = ask(home, ports, "/kebiao/login")
    assert answer.status == 200
    assert 'href="/kebiao/static/' in page
    cookie = answer.headers["Set-Cookie"]
    assert "Secure" in cookie
    assert "Path=/kebiao" in cookie
    assert ask(home, ports, "/kebiao/static/base.css")[0].status == 200
    closed, _ = ask(home, ports, "/kebiao/o/s1/classes/A")
    assert closed.status == 302
    assert closed.headers["Location"].startswith("/kebiao/login")


def test_first_account_is_made_at_the_address_of_the_journal(service, home, ports):
    (link,) = re.findall(r"https://school\.example(/kebiao/setup/\S+)", service)[:1]
    assert ask(home, ports, link)[0].status == 200
    assert ask(home, ports, "/kebiao/setup/?token=guessed")[0].status in (403, 404)


def test_metrics_are_on_the_machine_only(service, home, ports):
    assert ask(home, ports, "/kebiao/metrics")[0].status == 404
    ask(home, ports, "/kebiao/health")
    with urlopen(f"http://127.0.0.1:{ports['metrics']}/metrics", timeout=9) as answer:
        assert b'rule="/health"' in answer.read()


def test_backup_of_the_page_is_made_while_served_and_restored(service, home, ports):
    script = as_here(block("sh", "#!/bin/sh"), home, ports).replace(
        f"cd {home}", f"cd {home}; export PYTHONPATH={ROOT}"
    )
    subprocess.run(["sh", "-c", script], check=True, timeout=SECONDS)
    (made,) = (home / "backups").glob("*.backup")
    assert made.stat().st_mode & 0o077 == 0
    again = f"sqlite:///{home / 'again.db'}"
    command = shlex.split(f"{CUOFENG} database restore {made} --database {again}")
    subprocess.run(command, check=True, timeout=SECONDS, cwd=ROOT)
    store = Store.connect(again, create=False)
    assert [x.key for x in store.offices()] == ["s1"]
    store.close()
