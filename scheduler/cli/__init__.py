"""The command line: parse, call one service, print."""

from scheduler.cli.main import main

__all__ = ["main"]
