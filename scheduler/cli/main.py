"""Entry point: exit 0 on success, 1 when the answer is "no", 2 on bad input.

An internal fault exits 3: it must not pass for an answer.
"""

import logging
import os
import sys
from argparse import Namespace
from collections.abc import Callable

from scheduler.cli.parser import parse
from scheduler.model.errors import SHOWN_AT_MOST, InputError
from scheduler.solver.mismatch import SolverMismatch

YES, NO, BAD_INPUT, OUR_FAULT, INTERRUPTED = 0, 1, 2, 3, 130


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    _write_unicode()
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    options = parse(arguments)
    try:
        return _command(options.command)(options)
    except InputError as error:
        _print_errors(error)
        return BAD_INPUT
    except SolverMismatch as fault:
        sys.stderr.write(
            f"Internal fault: {fault}. Please report it with the data. "
            "〔内部错误，请连同数据反馈给开发者。〕\n"
        )
        return OUR_FAULT
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has gone; that is its right.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return YES
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        sys.stderr.write(
            f"{place}{error.strerror or error}. Maybe another path? 〔{_why(error)}〕\n"
        )
        return BAD_INPUT


def _why(error: OSError) -> str:
    """What a file system refused, in Chinese."""
    match error:
        case FileExistsError():
            return "已经存在，不会覆盖。请换一个名字。"
        case FileNotFoundError():
            return "没有这个文件或文件夹。请检查路径。"
        case PermissionError():
            return "没有权限。请换一个位置。"
        case _:
            return "不能读写。请检查路径、权限和磁盘空间。"


def _command(name: str) -> Callable[[Namespace], int]:
    """Import only what the command needs: checking must not wait for Flask."""
    match name:
        case "validate" | "check" | "explain":
            from scheduler.cli import judging

            return vars(judging)[name]
        case "solve":
            from scheduler.cli.solving import solve

            return solve
        case "load":
            from scheduler.cli.loading import load

            return load
        case "whatif":
            from scheduler.cli.what_if import what_if

            return what_if
        case "advise":
            from scheduler.cli.advising import advise

            return advise
        case "repair":
            from scheduler.cli.repairing import repair

            return repair
        case "rain":
            from scheduler.cli.raining import rain

            return rain
        case "agreements":
            from scheduler.cli.agreeing import agreements

            return agreements
        case "calendars":
            from scheduler.cli.calendars import calendars

            return calendars
        case "dates":
            from scheduler.cli.dating import dates

            return dates
        case "import":
            from scheduler.cli.importing import import_file

            return import_file
        case "export" | "template":
            from scheduler.cli import writing

            return writing.export if name == "export" else writing.template
        case "bench":
            from scheduler.cli.benching import bench

            return bench
        case _:
            from scheduler.cli import serving

            return serving.demo if name == "demo" else serving.serve


def _print_errors(error: InputError) -> None:
    for fault in error.errors[:SHOWN_AT_MOST]:
        sys.stderr.write(f"{fault}\n")
    hidden = len(error.errors) - SHOWN_AT_MOST
    if hidden > 0:
        sys.stderr.write(f"... and {hidden} more 〔另有 {hidden} 处〕\n")


def _write_unicode() -> None:
    """Chinese must not fail on a console with another encoding."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
