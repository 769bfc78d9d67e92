"""The list of drafts: which are open, who works on them, what became of the others."""

from dataclasses import dataclass

from scheduler.model.text import Text
from scheduler.services.office import Office
from scheduler.services.school.drafts.rows import Activity, Draft

_NONE = Text("", "")


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in the list; ``activity`` is None while nobody has done anything."""

    draft: Draft
    activity: Activity | None

    @property
    def origin(self) -> Text:
        """What it was begun with."""
        version = self.draft.base_version
        if version is None:
            return Text("新的数据", "new data")
        return Text(f"第{version}版", f"version {version}")

    @property
    def people(self) -> tuple[str, ...]:
        """Whoever works on it, who did the last step first."""
        worked = self.activity.people if self.activity else ()
        owner = () if self.draft.owner in worked else (self.draft.owner,)
        return tuple(x for x in (*worked, *owner) if x)

    @property
    def end(self) -> Text:
        """What became of it; nothing while it is worked on."""
        if self.draft.published_version is not None:
            version = self.draft.published_version
            return Text(f"已发布为第{version}版", f"published as version {version}")
        return Text("已放弃", "discarded") if self.draft.closed_at else _NONE


def draft_rows(office: Office) -> tuple[DraftRow, ...]:
    """All drafts, newest first, closed ones included."""
    done = office.drafts.activity()
    return tuple(DraftRow(x, done.get(x.draft_id)) for x in office.drafts.all())
