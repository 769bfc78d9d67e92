"""The dates that an agreement opens in the term, week by week."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from scheduler.model.term import Term
from scheduler.model.text import Text
from scheduler.services.school.drafts.desk import Desk
from scheduler.term.calendar import teaching_day, week_number

_STATES = {
    "open": Text("开放", "open"),
    "closed": Text("约定不开放", "closed by the agreement"),
    "holiday": Text("放假", "holiday"),
    "outside": Text("协议未生效或已到期", "agreement not valid"),
}
_NEEDED = ("day", "valid_from", "valid_to")


def opening_facts(desk: Desk, row: int, language: str) -> dict[str, Any]:
    """Every date of the agreement's weekday in the term, and whether it opens then.

    Dates are those of the term in force; the agreement is as it is typed.
    """
    rows = dict(desk.typed().numbered("agreements"))
    values = rows[row].values if row in rows else {}
    if not all(name in values for name in _NEEDED):
        return {"weeks": [], "open": 0}
    term = desk.problem.term
    weeks = [
        _week(term, date, _state(term, date, values), language)
        for date in term.weekday_dates(values["day"])
    ]
    return {"weeks": weeks, "open": sum(x["state"] == "open" for x in weeks)}


def _state(term: Term, date: dt.date, values: Mapping[str, Any]) -> str:
    if not values["valid_from"] <= date <= values["valid_to"]:
        return "outside"
    if date in values.get("closed_dates", ()):
        return "closed"
    return "holiday" if teaching_day(term, date) is None else "open"


def _week(term: Term, date: dt.date, state: str, language: str) -> dict[str, Any]:
    return {
        "week": week_number(term, date),
        "date": f"{date:%m-%d}",
        "state": state,
        "text": _STATES[state].in_language(language),
    }
