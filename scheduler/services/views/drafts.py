"""Drafts and their steps as lines and as plain data."""

import json
from typing import Any

from scheduler.model.text import Text
from scheduler.services.school.drafts.codec import changes_json
from scheduler.services.school.drafts.desk import Step
from scheduler.services.school.drafts.rows import Draft


def draft_line(draft: Draft) -> Text:
    """A draft in one line."""
    base = Text("", "")
    if draft.base_version is not None:
        base = Text(
            f"，自第{draft.base_version}版", f", from version {draft.base_version}"
        )
    end = Text("", "")
    if draft.published_version is not None:
        version = draft.published_version
        end = Text(f"，已发布为第{version}版", f", published as version {version}")
    elif draft.closed_at is not None:
        end = Text("，已放弃", ", discarded")
    return Text(
        f"第{draft.draft_id}号草稿：{draft.name}（{draft.owner}{base.zh}{end.zh}）",
        f"draft {draft.draft_id}: {draft.name} ({draft.owner}{base.en}{end.en})",
    )


def draft_facts(draft: Draft) -> dict[str, Any]:
    """A draft as JSON has it."""
    return {
        "draft_id": draft.draft_id,
        "name": draft.name,
        "owner": draft.owner,
        "base_version": draft.base_version,
        "made_at": draft.made_at.isoformat(),
        "closed_at": draft.closed_at and draft.closed_at.isoformat(),
        "published_version": draft.published_version,
    }


def step_facts(step: Step) -> dict[str, Any]:
    """An operation and what it did, as JSON has it."""
    operation = step.operation
    return {
        "number": operation.number,
        "kind": operation.kind.value,
        "who": operation.who,
        "of": operation.of,
        "changes": json.loads(changes_json(operation.changes)),
        "hard": step.hard,
        "soft": step.soft,
        "unplaced": step.unplaced,
        "effect": {
            "hard": step.effect.hard,
            "soft": step.effect.soft,
            "rules": [
                {"name": x.rule.name, "amount": x.amount, "cost": x.cost}
                for x in step.effect.rules
            ],
        },
    }
