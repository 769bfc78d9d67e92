"""The locks agree with pyproject.toml and with each other, and name no registry."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RUN = "requirements.lock"
DEVELOP = "requirements-dev.lock"


def pins(lock):
    """`name==version` of every package of a lock."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return re.findall(r"^([a-z0-9-]+==\S+)", text, re.M)


def project():
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)


def test_runtime_lock_has_every_pin_of_the_project():
    table = project()
    wanted = {
        *table["build-system"]["requires"],
        *table["project"]["dependencies"],
        *table["project"]["optional-dependencies"]["windows"],
    }

    # A lock names what an extra brings, not the extra.
    assert {re.sub(r"\[.*\]", "", pin) for pin in wanted} - set(pins(RUN)) == set()


def test_development_lock_extends_the_runtime_lock():
    wanted = {*pins(RUN), *project()["project"]["optional-dependencies"]["dev"]}

    assert wanted - set(pins(DEVELOP)) == set()


@pytest.mark.parametrize("lock", [RUN, DEVELOP])
def test_lock_every_package_has_hashes(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    hashed = re.findall(r"^([a-z0-9-]+==\S+) \\\n    --hash=sha256:", text, re.M)

    assert hashed == pins(lock)


@pytest.mark.parametrize("lock", [RUN, DEVELOP])
def test_lock_names_no_index_host_or_path(lock):
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    entries = [line for line in lines if not line.startswith("#")]

    assert [x for x in entries if x.startswith("-") or "/" in x.split("#")[0]] == []
