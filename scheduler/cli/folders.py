"""Folders for results."""

from pathlib import Path
from tempfile import TemporaryFile

from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text


def make_folder(path: Path) -> None:
    """Make the folder for the results before an hour of solving, not after.

    Raises:
        InputError: it cannot be made or written.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=path):
            pass
    except OSError as error:
        problem = Text(
            f"不能作为结果文件夹（{error.strerror}）",
            f"cannot be the folder for the results ({error.strerror})",
        )
        advice = Text("请换一个文件夹。", "Maybe choose another folder?")
        found = DataError("--out", problem, advice, value=str(path))
        raise InputError([found]) from error
