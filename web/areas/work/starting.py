"""What a form begins a draft with: the version in force, an example, files, nothing."""

from flask import request

from scheduler.model.resources import Stage
from scheduler.services.school.starting import (
    EXAMPLES,
    LAST_GRADE,
    Start,
    empty,
    example,
    of_files,
)
from web.limits import LONGEST_UPLOAD
from web.numbers import whole_number
from web.uploads import sent_files

FILES, EMPTY = "files", "empty"


def asked_start() -> Start | None:
    """What was asked for; None where it is none of these.

    Raises:
        InputError: files cannot be read, or an empty school is not well described.
    """
    wanted = request.form.get("start", "")
    if wanted == FILES and not any(request.files.getlist("files")):
        # Whoever typed a name and forgot to tick it has said what is wanted.
        wanted = EMPTY if request.form.get("school", "").strip() else FILES
    if wanted in EXAMPLES:
        return example(wanted)
    if wanted == FILES:
        return of_files(sent_files(), request.form.get("called", ""))
    if wanted == EMPTY:
        return empty(request.form.get("school", ""), _stage(), _classes())
    return None


def form_values() -> dict[str, object]:
    """What the fields of the form are made of, with what was typed before."""
    return {
        "examples": EXAMPLES,
        "grades": range(1, LAST_GRADE + 1),
        "typed": request.form,
        "most": LONGEST_UPLOAD,
    }


def _stage() -> Stage:
    given = request.form.get("stage", "")
    return Stage(given) if given in list(Stage) else Stage.PRIMARY


def _classes() -> dict[int, int]:
    grades = range(1, LAST_GRADE + 1)
    asked = {g: request.form.get(f"grade-{g}", 0, type=whole_number) for g in grades}
    return {grade: number for grade, number in asked.items() if number > 0}
