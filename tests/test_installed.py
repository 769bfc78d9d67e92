"""An installed copy works as the checkout does, from any other folder."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
from contextlib import contextmanager
from importlib.metadata import distribution
from pathlib import Path
from urllib.request import urlopen

import pytest

from scheduler.model.shipped import data_folder

ROOT = Path(__file__).parents[1]
PARTS = ("scheduler", "web", "data")
FILES = ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE")
EXAMPLE = ROOT / "tests" / "examples" / "primary-12"
SECONDS = 300
"""Longer than anything here takes: nothing may wait for ever."""


@pytest.fixture(scope="module")
def cuofeng(tmp_path_factory):
    """The command of a fresh environment into which a wheel was installed.

    What it stands on are the libraries of the tests' own environment, which come from
    the lock; the checkout itself is not among them.
    """
    base = tmp_path_factory.mktemp("installed")
    source, wheels, env = base / "source", base / "wheels", base / "env"
    junk = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for part in PARTS:
        shutil.copytree(ROOT / part, source / part, ignore=junk)
    for file in FILES:
        shutil.copy(ROOT / file, source)
    offline = ("--no-index", "--no-deps", "--disable-pip-version-check", "--quiet")
    pip = (sys.executable, "-m", "pip")
    run(*pip, "wheel", *offline, "--no-build-isolation", "-w", wheels, source, cwd=base)
    (wheel,) = wheels.iterdir()
    run(sys.executable, "-m", "venv", "--without-pip", env, cwd=base)
    bin_ = env / ("Scripts" if os.name == "nt" else "bin")
    run(*pip, "--python", bin_ / "python", "install", *offline, wheel, cwd=base)
    shutil.rmtree(source)
    places = {"base": str(env), "platbase": str(env)}
    site = Path(sysconfig.get_path("purelib", "venv", places))
    libraries = {str(distribution(x).locate_file("")) for x in ("flask", "numpy")}
    (site / "libraries.pth").write_text("\n".join(sorted(libraries)) + "\n")
    return bin_ / "cuofeng"


def run(*command, cwd, codes=(0,)):
    """Output of a command that ends with one of these codes."""
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"},
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode in codes, done.stderr
    return done.stdout


@contextmanager
def served(cuofeng, *arguments, cwd):
    """The address of a site and what the command said; it is stopped by Ctrl+C.

    Jobs in the background of a shell have it ignored, and hand that down.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    process = subprocess.Popen(
        [str(x) for x in (cuofeng, *arguments, "--port", port)],
        cwd=cwd,
        env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            if "Ctrl+C" in line:
                break
        yield f"http://127.0.0.1:{port}", "".join(said)
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(SECONDS) == 0
        process.stdout.close()


def test_wheel_carries_all_data(cuofeng):
    (inside,) = cuofeng.parents[1].rglob("scheduler/_data")

    def files(folder):
        return {x.relative_to(folder) for x in folder.rglob("*") if x.is_file()}

    assert files(inside) == files(data_folder())


def test_template_validate_check_and_export(cuofeng, tmp_path):
    run(cuofeng, "template", "school.xlsx", cwd=tmp_path)
    table = EXAMPLE / "timetable.csv"

    assert "12个班" in run(cuofeng, "validate", EXAMPLE, cwd=tmp_path)
    report = run(cuofeng, "check", EXAMPLE, table, cwd=tmp_path, codes=(0, 1))
    assert "课表有冲突" in report
    for form in ("html", "xlsx"):
        command = ("export", EXAMPLE, table, "--format", form, "--out", form)
        run(cuofeng, *command, cwd=tmp_path)
    assert (tmp_path / "html" / "index.html").is_file()
    assert not list(tmp_path.glob("*.db"))


def test_demo_solves_publishes_and_serves(cuofeng, tmp_path):
    with served(cuofeng, "demo", "--time", "3", cwd=tmp_path) as (address, said):
        feed = re.search(r"http://\S+\.ics", said)[0]
        assert urlopen(feed, timeout=60).read().startswith(b"BEGIN:VCALENDAR")
        assert b"</html>" in urlopen(address, timeout=60).read()
    demo = tmp_path / "cuofeng-demo" / "timetable.csv"
    assert demo.is_file()


def test_solve_and_serve(cuofeng, tmp_path):
    solve = ("solve", EXAMPLE, "--time", "2", "--method", "search", "--out", "out")
    run(cuofeng, *solve, cwd=tmp_path, codes=(0, 1))
    table = tmp_path / "out" / "timetable.csv"
    with served(cuofeng, "serve", EXAMPLE, table, cwd=tmp_path) as (address, _):
        assert b"</html>" in urlopen(address, timeout=60).read()
