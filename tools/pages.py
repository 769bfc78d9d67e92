"""The pages of docs/ that are generated from the code: ``python -m tools.pages``."""

from collections.abc import Callable
from pathlib import Path

from scheduler.constraints.catalogue import render_markdown as constraints
from scheduler.formats.tables.describe import render_markdown as tables
from scheduler.model.intake import render_markdown as limits
from tests.audit.examples import page as audit_rules
from tools.access_tables import MARK as ACCESS_MARK
from tools.access_tables import render_markdown as access

DOCS = Path(__file__).parents[1] / "docs"


def _data() -> str:
    """docs/data.md: what is written by hand, then the tables."""
    page = (DOCS / "data.md").read_text(encoding="utf-8")
    mark = "## 各表 · Tables\n\n"
    return page[: page.index(mark)] + mark + tables()


def _access() -> str:
    """docs/access.md: what is written by hand, then the tables."""
    page = (DOCS / "access.md").read_text(encoding="utf-8")
    return page[: page.index(ACCESS_MARK)] + access()


PAGES: dict[str, Callable[[], str]] = {
    "access.md": _access,
    "audit-rules.md": audit_rules,
    "constraints.md": constraints,
    "data.md": _data,
    "limits.md": limits,
}

if __name__ == "__main__":
    for name, render in PAGES.items():
        (DOCS / name).write_text(render(), encoding="utf-8")
