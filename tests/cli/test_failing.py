"""One way to fail, on every command: who is at fault decides how it exits."""

import errno
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.cli import main
from scheduler.cli.parser import BENCH, COMMANDS, build_parser, command_module
from tests.formats.primary_school import EXAMPLE

pytestmark = pytest.mark.usefixtures("english")

EVERY = pytest.mark.parametrize("command", COMMANDS)
READING = [
    name for name in COMMANDS if name not in (BENCH, "compile", "demo", "template")
]
CHINESE = re.compile("[\u4e00-\u9fff]")


def needed(command, value):
    """Arguments without which the command is refused, all with one value."""
    (commands,) = (a for a in build_parser(command)._actions if a.choices)  # noqa: SLF001
    given = [command]
    for action in commands.choices[command]._actions:  # noqa: SLF001
        positional = not action.option_strings
        if positional and action.dest != "help":
            number = "1" if action.type is int else value
            given.append(str(next(iter(action.choices or ()), number)))
        elif action.required:
            known = "2026-09-01" if action.dest == "date" else value
            allowed = next(iter(action.choices or ()), known)
            given += [action.option_strings[0], str(allowed)]
    return given


def fails(monkeypatch, command, error):
    """Let the command run into an error, whatever it is given."""

    def run(options):
        raise error

    monkeypatch.setattr(command_module(command), "run", run)
    return [command] if command == BENCH else needed(command, "x")


@EVERY
def test_a_fault_of_the_program_is_one_sentence_a_file_and_3(
    command, monkeypatch, capsys, tmp_path
):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    arguments = fails(monkeypatch, command, KeyError("T99"))

    assert main(arguments) == 3
    out, err = capsys.readouterr()
    (report,) = tmp_path.iterdir()
    assert out == ""
    assert not CHINESE.search(err)
    assert err.count("\n") == 1
    assert err.endswith(f"{report}\n")
    assert "KeyError: 'T99'" in report.read_text("utf-8")


@EVERY
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.ECONNREFUSED])
def test_what_the_system_refuses_is_one_sentence_and_2(
    command, number, monkeypatch, capsys
):
    error = OSError(number, os.strerror(number), "some/file.csv")

    assert main(fails(monkeypatch, command, error)) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"some/file.csv: {os.strerror(number)}. ")
    assert not CHINESE.search(err)


@EVERY
def test_ctrl_c_is_no_answer(command, monkeypatch):
    assert main(fails(monkeypatch, command, KeyboardInterrupt())) == 130


@pytest.mark.parametrize("command", [x for x in COMMANDS if x != BENCH])
@pytest.mark.parametrize("wrong", ["--no-such-option", "--lang=xx", "--lang"])
def test_a_wrong_option_is_refused_in_both_languages(command, wrong, capsys):
    assert main([*needed(command, "x"), wrong]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert not CHINESE.search(err)
    assert f"cuofeng {command} --help" in err


@pytest.mark.parametrize("command", READING)
def test_data_that_are_not_there_are_named_and_nothing_is_written(
    command, capsys, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)

    assert main(needed(command, "nowhere")) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert not CHINESE.search(err)
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "请写出要执行的命令"),
        (["sovle"], "是否应为 solve？"),
        (["zzz"], "命令有：demo、template、"),
        (["validate"], "没有给出数据"),
        (["export", "a", "b", "--format", "doc", "--out", "c"], "只能是 xlsx、ics"),
        (["validate", "a", "--json=3"], "这个选项不带值"),
        (["rain", "--apply", "2026-09-01", "--undo", "2026-09-01"], "不能与 --apply"),
        (["serve", "--trust-proxy", "moon"], "应为地址或网段"),
    ],
)
def test_usage_is_told_in_chinese(arguments, told, capsys, monkeypatch):
    monkeypatch.delenv("CUOFENG_LANG")
    assert main(arguments) == 2
    assert told in capsys.readouterr().err


BASE = "sqlite:///"


@pytest.mark.parametrize("command", ["serve", "rain", "load"])
@pytest.mark.parametrize("kind", ["a folder", "no database", "a corrupt database"])
def test_a_database_that_cannot_be_used_is_one_sentence(
    command, kind, capsys, tmp_path
):
    path = tmp_path / "school.db"
    match kind:
        case "a folder":
            path.mkdir()
        case "no database":
            path.write_bytes(b"my diary, " * 1000)
        case _:
            path.write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 64)
    data = [EXAMPLE, EXAMPLE / "timetable.csv"] if command == "load" else []

    assert main([command, *map(str, data), "--database", f"{BASE}{path}"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert not CHINESE.search(err)
    assert not re.search(r"SELECT|PRAGMA|CREATE|Traceback|sqlite3\.", err)


def test_the_password_of_a_database_is_not_shown(capsys):
    for url in ("postgresql+psycopg://office:hush@127.0.0.1:9/x", "no-sql://a:hush@b"):
        assert main(["rain", "--database", url]) == 2
        assert "hush" not in capsys.readouterr().err


def test_a_report_holds_no_password_and_no_token(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    secrets = "postgresql://me:hush@db/x http://site/feeds/AbC-_9.ics"
    monkeypatch.setattr(sys, "argv", ["cuofeng", "serve", *secrets.split()])

    assert main(fails(monkeypatch, "serve", ValueError(secrets))) == 3
    (report,) = tmp_path.iterdir()
    text = report.read_text("utf-8")
    assert text.count("postgresql://me:***@db/x http://site/feeds/***.ics") == 2
    assert "hush" not in text


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("redirected", ["stdout", "stderr"])
def test_a_reader_who_leaves_changes_no_answer(redirected, unbuffered, tmp_path):
    """``cuofeng check … | true`` under pipefail: no stays no, on both streams."""
    table = tmp_path / "timetable.csv"
    lines = (EXAMPLE / "timetable.csv").read_text("utf-8").splitlines(keepends=True)
    table.write_text("".join(lines[:-3]), "utf-8")
    reading, writing = os.pipe()
    os.close(reading)
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

    done = subprocess.run(
        [sys.executable, "-m", "scheduler", "check", EXAMPLE, table],
        **(streams | {redirected: writing}),
        env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
        cwd=Path(__file__).parents[2],
        timeout=120,
        check=False,
    )
    os.close(writing)
    assert done.returncode == 1
