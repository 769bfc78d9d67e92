"""What the complying case of each rule is, in a sentence; the rules' page with it."""

import csv
from collections.abc import Iterator
from pathlib import Path

from scheduler.audit.running.audit import audit
from scheduler.audit.running.catalogue import RULE, render_markdown
from scheduler.model.text import Text
from tests.audit.cases import VIOLATING
from tests.audit.clean_school import PROFILE

with Path(__file__).with_name("complying.csv").open(encoding="utf-8") as _stream:
    COMPLIES = {r["rule"]: Text(r["zh"], r["en"]) for r in csv.DictReader(_stream)}


def violating(name: str) -> tuple[Text, str, str]:
    """The finding that a rule's violating case is there for, with its numbers."""
    schools, measured, demanded = VIOLATING[name]
    found = audit(schools, PROFILE, [RULE[name]]).results[0].found
    wanted = measured, demanded
    one = next(f for f in found if (f.measured, f.demanded) == wanted)
    return one.text, measured, demanded


def page() -> str:
    """``docs/audit-rules.md``: every rule with a violating and a complying example."""
    return "\n".join(_lines(render_markdown())) + "\n"


def _lines(plain: str) -> Iterator[str]:
    name = ""
    for line in plain.rstrip("\n").split("\n"):
        yield line
        if line.startswith("### "):
            name = line.split(" ")[1]
        if line.startswith("- 整改"):
            text, _, _ = violating(name)
            good = COMPLIES[name]
            yield f"- 不符合的例子 / violating: {text.zh} / {text.en}"
            yield f"- 符合的例子 / complying: {good.zh}。 / {good.en}."
