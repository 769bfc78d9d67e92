"""Which activities a constraint speaks of: by id, or by what they are."""

from collections.abc import Iterator

from scheduler.formats.fet.document import Activity, Document, FetConstraint
from scheduler.formats.fet.report import whole

_BY_ID = (
    "Activity_Id",
    "First_Activity_Id",
    "Second_Activity_Id",
    "Third_Activity_Id",
)


def named_activities(
    document: Document, constraint: FetConstraint
) -> tuple[Activity, ...]:
    """Active activities whose ids it names, in its order.

    Raises:
        Unsupported: an id is missing.
    """
    ids = [whole(x.text) for x in constraint.node.children if x.tag in _BY_ID]
    found = (document.activity[i] for i in dict.fromkeys(ids))
    return tuple(a for a in found if a.active)


def selected_activities(
    document: Document, constraint: FetConstraint
) -> tuple[Activity, ...]:
    """Active activities that fit its filters; an empty filter fits all.

    A students set fits where it shares an atom with one of the activity's.

    Raises:
        Unsupported: a component or duration is no number.
    """
    component = constraint.text("Component_Number").strip()
    return tuple(
        activity
        for activity in document.active
        if _fits(document, constraint, activity)
        and (not component or activity.component == whole(component))
    )


def _fits(document: Document, constraint: FetConstraint, activity: Activity) -> bool:
    return all(_answers(document, constraint, activity))


def _answers(
    document: Document, constraint: FetConstraint, activity: Activity
) -> Iterator[bool]:
    if teacher := constraint.text("Teacher_Name", "Teacher"):
        yield teacher in activity.teachers
    if students := constraint.text("Students_Name", "Students"):
        atoms = document.atoms[students]
        yield any(atoms & document.atoms[name] for name in activity.students)
    if subject := constraint.text("Subject_Name", "Subject"):
        yield subject == activity.subject
    if tag := constraint.text("Activity_Tag_Name", "Activity_Tag"):
        yield tag in activity.tags
    if duration := constraint.text("Duration").strip():
        yield whole(duration) == activity.duration
