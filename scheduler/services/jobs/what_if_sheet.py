"""The comparison of scenarios as one printable page that needs nothing else."""

from collections.abc import Sequence
from html import escape

from scheduler.model.text import Text, said_of
from scheduler.services.jobs.what_if import Case, comparison

_STYLE = """
body { font-family: system-ui, "Noto Sans SC", sans-serif; margin: 2rem; }
table { border-collapse: collapse; }
th, td { border: 1px solid #999; padding: 0.3rem 0.6rem; text-align: right; }
th:first-child { text-align: left; font-weight: 400; }
.better { background: #e2f2e4; } .worse { background: #fbe3df; }
@page { size: A4 landscape; margin: 12mm; }
"""
TITLE = Text("投入方案比较", "What-if comparison")
_MARK = {True: ("better", "▲"), False: ("worse", "▼"), None: ("", "")}


def sheet(cases: Sequence[Case], lang: str) -> str:
    """HTML of the table; better and worse are marked by a sign, not colour alone."""
    title = escape(TITLE.in_language(lang))
    head = "".join(f"<th scope=col>{escape(case.name)}</th>" for case in cases)
    rows = "".join(
        f"<tr><th scope=row>{escape(line.title.in_language(lang))}</th>"
        + "".join(
            f'<td class="{_MARK[better][0]}">{escape(cell)} {_MARK[better][1]}</td>'
            for cell, better in zip(line.cells, line.better, strict=True)
        )
        + "</tr>"
        for line in comparison(cases)
    )
    proofs = "".join(
        f"<li>{escape(said_of(c.name, c.certificate).in_language(lang))}</li>"
        for c in cases
    )
    return (
        f'<!doctype html><html lang="{"zh-CN" if lang == "zh" else "en"}"><head>'
        f'<meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style></head>'
        f"<body><h1>{title}</h1><table><thead><tr><th></th>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table><ul>{proofs}</ul></body></html>\n"
    )
