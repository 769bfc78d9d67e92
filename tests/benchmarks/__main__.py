"""``python -m tests.benchmarks`` prints the tables of docs/benchmarks.md.

Usage: python -m tests.benchmarks [--time SECONDS] [--seeds N] [--only solve|commands]
"""

import argparse
import platform
import sys
from importlib.metadata import version

from tests.benchmarks import commands, solving


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure speed and quality.")
    parser.add_argument("--time", type=float, default=60.0, help="seconds a solve")
    parser.add_argument("--seeds", type=int, default=3, help="solves an instance")
    parser.add_argument("--only", choices=("solve", "commands"))
    options = parser.parse_args()
    versions = ", ".join(f"{name} {version(name)}" for name in ("pulp", "highspy"))
    sys.stdout.write(f"Python {platform.python_version()}, {versions}\n\n")
    if options.only != "solve":
        commands.table()
    if options.only != "commands":
        solving.table(options.time, options.seeds)


if __name__ == "__main__":
    main()
