"""The editor's door to the drafts of an office: every answer is plain data."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from scheduler.model.problem import Problem
from scheduler.services.school.drafts.desk import Desk
from scheduler.services.school.drafts.drafts import Drafts
from scheduler.services.views.editor import state
from scheduler.services.views.editor.school import school_facts

_KEPT = 16
"""Problems whose names and bells are kept as data, in one language each."""


@dataclass
class Editing:
    """Answers to the editor; safe to use from several threads."""

    _schools: OrderedDict[tuple[int, str], tuple[Problem, dict[str, Any]]] = field(
        default_factory=OrderedDict
    )
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def open(self, drafts: Drafts, draft_id: int, language: str) -> dict[str, Any]:
        """A draft as it is now, and what it is about.

        Raises:
            DraftUnknown: there is none.
        """

        def see(desk: Desk) -> dict[str, Any]:
            school = self._school(desk.problem, draft_id, language)
            return {"school": school, **state.opened(desk, language)}

        return drafts.look(draft_id, see)

    def since(
        self, drafts: Drafts, draft_id: int, seen: int, language: str
    ) -> dict[str, Any]:
        """The steps after number ``seen``, others' included.

        Raises:
            DraftUnknown: there is no such draft.
        """
        return drafts.look(draft_id, lambda desk: state.since(desk, seen, language))

    def _school(self, problem: Problem, draft_id: int, language: str) -> dict[str, Any]:
        key = (draft_id, language)
        with self._lock:
            known = self._schools.get(key)
        if known is None or known[0] is not problem:
            known = problem, school_facts(problem, language)
        with self._lock:
            self._schools[key] = known
            self._schools.move_to_end(key)
            while len(self._schools) > _KEPT:
                self._schools.popitem(last=False)
        return known[1]
