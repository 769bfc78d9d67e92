"""Refusals of spreadsheets: one sentence, ready to raise."""

from scheduler.model.errors import NO_ADVICE, DataError, InputError
from scheduler.model.text import Text


def refuse(
    file: str, zh: str, en: str, advice: Text = NO_ADVICE, row: int | None = None
) -> InputError:
    """An InputError with a single fault."""
    return InputError([DataError(file, Text(zh, en), advice, row)])
