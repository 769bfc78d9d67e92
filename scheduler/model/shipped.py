"""Data that travel with the program: curriculum standards, demo schools, scenarios.

In a checkout, also one that is installed as editable, they stand in ``data/`` beside
the packages; a wheel carries them inside of this one.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def data_folder() -> Path:
    """The folder of the shipped data."""
    inside = _PACKAGE / "_data"
    return inside if inside.is_dir() else _PACKAGE.parent / "data"
