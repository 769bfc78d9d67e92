"""The editor's door to the drafts of an office: every answer is plain data."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from scheduler.model.errors import InputError, sentences
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.model.times import Week
from scheduler.model.timetable import Timetable
from scheduler.services.office import Office
from scheduler.services.school.drafts.desk import Desk
from scheduler.services.school.drafts.refusals import Refused
from scheduler.services.school.drafts.words import refusal_text
from scheduler.services.views.editor import state, tasks
from scheduler.services.views.editor.commands import act_of, seen_of
from scheduler.services.views.editor.picked import picked_up, room_facts, slot_options
from scheduler.services.views.editor.school import school_facts
from scheduler.services.views.editor.verdict import Verdict

_KEPT = 16
"""Drafts whose names, bells and verdicts are kept."""


@dataclass
class _Known:
    """What is worked out once for a draft; used by whoever has its desk."""

    verdict: Verdict
    problem: Problem | None = None
    schools: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass
class Editing:
    """Answers to the editor; safe to use from several threads."""

    _known: OrderedDict[int, _Known] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def open(self, office: Office, draft_id: int, language: str) -> dict[str, Any]:
        """A draft as it is now, and what it is about.

        Raises:
            DraftUnknown: there is none.
        """

        def see(desk: Desk) -> dict[str, Any]:
            known = self._of(desk, draft_id)
            if known.problem is not desk.problem:
                known.problem, known.schools = desk.problem, {}
            if language not in known.schools:
                known.schools[language] = school_facts(desk.problem, language)
            verdict = known.verdict.facts(desk, language)
            opened = state.opened(desk, language)
            return {"school": known.schools[language], **opened, **verdict}

        tasks_now = tasks.tasks(office.jobs, draft_id, language)
        return {**office.drafts.look(draft_id, see), "tasks": tasks_now}

    def since(
        self, office: Office, draft_id: int, seen: int, language: str
    ) -> dict[str, Any]:
        """The steps after number ``seen``, and the verdict where there are any.

        Raises:
            DraftUnknown: there is no such draft.
        """

        def see(desk: Desk) -> dict[str, Any]:
            told = state.since(desk, seen, language)
            if not told["steps"]:
                return told
            return {**told, **self._of(desk, draft_id).verdict.facts(desk, language)}

        told = office.drafts.look(draft_id, see)
        return {**told, "tasks": tasks.tasks(office.jobs, draft_id, language)}

    def history(
        self, office: Office, draft_id: int, before: int, language: str
    ) -> list[dict[str, Any]]:
        """Earlier steps.

        Raises:
            DraftUnknown: there is no such draft.
        """
        return office.drafts.look(
            draft_id, lambda desk: state.history(desk, before, language)
        )

    def pick(
        self, office: Office, draft_id: int, lesson_id: str, language: str
    ) -> dict[str, Any]:
        """What would become of a lesson in every slot.

        Raises:
            DraftUnknown: there is no such draft.
            Unknown: the draft has no such lesson.
        """
        return office.drafts.look(
            draft_id, lambda desk: picked_up(desk, lesson_id, language)
        )

    def slot(
        self,
        office: Office,
        draft_id: int,
        lesson_id: str,
        slot: tuple[int, int, Week],
        language: str,
    ) -> list[dict[str, Any]]:
        """Places and people that a lesson may have in a slot.

        Raises:
            DraftUnknown: there is no such draft.
            Unknown: the draft has no such lesson, or no such row.
        """
        return office.drafts.look(
            draft_id, lambda desk: slot_options(desk, lesson_id, slot, language)
        )

    def room(self, office: Office, draft_id: int) -> dict[str, int]:
        """How much room there is for lessons without a place.

        Raises:
            DraftUnknown: there is no such draft.
        """
        return office.drafts.look(draft_id, room_facts)

    def do(
        self,
        office: Office,
        draft_id: int,
        who: str,
        sent: dict[str, Any],
        language: str,
    ) -> tuple[bool, dict[str, Any]]:
        """Do a command: whether it was done, then the steps since, or why not.

        Raises:
            Unreadable: it is no command.
            DraftUnknown, JobUnknown: there is no such draft or result.
        """
        seen = begun = seen_of(sent)

        def result_of(number: int) -> Timetable:
            nonlocal begun
            job, found = tasks.result_of(office.jobs, draft_id, number)
            begun = job.draft_seen or 0
            return found

        act = act_of(sent, result_of)
        force = sent.get("force") is True
        refused: dict[str, Any] = {}
        try:
            office.drafts.do(draft_id, who, act, begun, force)
        except Refused as error:
            problem = office.drafts.look(draft_id, lambda desk: desk.problem)
            refused = _refused(error, refusal_text(problem, error), language)
        except InputError as error:
            lines = sentences(error.errors, language)
            refused = {"refused": "\n".join(lines), "why": "input"}
        told = self.since(office, draft_id, seen, language)
        return not refused, {**told, **refused}

    def _of(self, desk: Desk, draft_id: int) -> _Known:
        """What is known of a draft, its verdict brought to the desk's last step."""
        with self._lock:
            known = self._known.get(draft_id)
        if known is None:
            known = _Known(Verdict(desk))
        known.verdict.catch_up(desk)
        with self._lock:
            self._known[draft_id] = known
            self._known.move_to_end(draft_id)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return known


def _refused(error: Refused, text: Text, language: str) -> dict[str, Any]:
    return {
        "refused": text.in_language(language),
        "why": type(error).__name__.lower(),
    }
