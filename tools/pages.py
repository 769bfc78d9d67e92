"""The pages of docs/ that are generated from the code: ``python -m tools.pages``."""

from collections.abc import Callable
from pathlib import Path

from scheduler.constraints.catalogue import render_markdown as constraints
from scheduler.formats.tables.describe import render_markdown as tables
from scheduler.model.intake import render_markdown as limits
from tests.audit.examples import page as audit_rules

DOCS = Path(__file__).parents[1] / "docs"


def _data() -> str:
    """docs/data.md: what is written by hand, then the tables."""
    page = (DOCS / "data.md").read_text(encoding="utf-8")
    mark = "## 各表 · Tables\n\n"
    return page[: page.index(mark)] + mark + tables()


PAGES: dict[str, Callable[[], str]] = {
    "audit-rules.md": audit_rules,
    "constraints.md": constraints,
    "data.md": _data,
    "limits.md": limits,
}

if __name__ == "__main__":
    for name, render in PAGES.items():
        (DOCS / name).write_text(render(), encoding="utf-8")
