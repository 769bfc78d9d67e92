"""Entry point: exit 0 on success, 1 when the answer is "no", 2 on bad input.

Bad input is all that whoever runs the command can mend: data, command line, disk,
network, database. A fault of the program itself exits 3: it must not pass for an
answer.
"""

import logging
import sys
from collections.abc import Sequence

from scheduler.cli.console import ONE_SCHOOL, SPOKEN, language_of, patient_streams
from scheduler.cli.failing import tell_our_fault, tell_what_failed
from scheduler.cli.parser import command_module, parse
from scheduler.model.errors import InputError

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    with patient_streams():
        logging.basicConfig(level=logging.WARNING, format="%(message)s")
        SPOKEN.set(language_of(arguments or sys.argv[1:]))
        try:
            options = parse(arguments)
            SPOKEN.set(getattr(options, "lang", SPOKEN.get()))
            ONE_SCHOOL.set(getattr(options, "one_school", ""))
            return command_module(options.command).run(options)
        except (InputError, OSError) as error:
            return tell_what_failed(error)
        except KeyboardInterrupt:
            return INTERRUPTED
        except Exception as fault:  # The one place where all others end.
            return tell_our_fault(fault)
