"""report.html: the report as one printable file, with charts as inline SVG."""

from collections.abc import Iterator
from html import escape

import pandas as pd

from scheduler.audit.inputs.school import AuditSchool
from scheduler.audit.running.audit import Audit, Outcome
from scheduler.formats.auditing.tables import (
    OUTCOMES,
    district_frame,
    form_frame,
    spread,
)

_STYLE = """
body{font-family:"Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:2em auto;
max-width:60em;color:#222}table{border-collapse:collapse;margin:.6em 0;font-size:.9em}
td,th{border:1px solid #bbb;padding:.2em .5em;text-align:left}th{background:#f3f3f3}
section{break-before:page}.C{color:#a00;font-weight:bold}.E{color:#a00}.W{color:#850}
.I{color:#555}small{color:#666}@media print{body{margin:0}}
"""
_COLOURS = {"C": "#8b0000", "E": "#d9534f", "W": "#e0a030", "I": "#8aa9c4"}


def page(audit: Audit, trend: dict[str, dict[str, int]], day: str) -> str:
    """The whole page."""
    return "\n".join(_page(audit, trend, day)) + "\n"


def _page(audit: Audit, trend: dict[str, dict[str, int]], day: str) -> Iterator[str]:
    profile = audit.profile
    yield '<!doctype html><html lang="zh"><meta charset="utf-8">'
    yield f"<style>{_STYLE}</style>"
    yield "<title>课程表规范性审查报告</title><h1>课程表规范性审查报告</h1>"
    yield (
        f"<p>口径：{escape(profile.title.zh)}（{escape(profile.version)}） · "
        f"{escape(day)} · {len(audit.schools)}所学校</p>"
    )
    yield _counts(audit, None)
    frame = district_frame(audit, trend)
    if len(audit.schools) > 1:
        yield "<h2>各校情况</h2>" + _table(frame)
        yield f"<p>符合率的差异系数：{spread(frame):.2f}</p>"
    yield _bars(audit)
    overall = [f for r, f in audit.findings if r.school is None]
    if overall:
        items = "".join(f"<li>{escape(f.text.zh)}</li>" for f in overall)
        yield f"<h2>全区</h2><ul>{items}</ul>"
    for school in audit.schools:
        yield from _school(audit, school)
    yield "</html>"


def _counts(audit: Audit, school: AuditSchool | None) -> str:
    counts = "，".join(
        f"{name}{audit.count(outcome, school)}条" for outcome, name in OUTCOMES.items()
    )
    found = audit.counts(school)
    return (
        f"<p><b>规则结果：{counts}。</b> 问题：严重{found['C']}处，错误{found['E']}处，"
        f"提醒{found['W']}处，提示{found['I']}处。</p>"
    )


def _school(audit: Audit, school: AuditSchool) -> Iterator[str]:
    yield f"<section><h2>{escape(school.name)}</h2>"
    yield _counts(audit, school)
    yield "<h3>课程开设情况登记表</h3>"
    yield _table(form_frame(audit, school))
    yield "<small>√ 开足　+x 多x节　-x 少x节　0 未开设</small>"
    for result in audit.of(school):
        if not result.found:
            continue
        title = f"{result.rule.id} {result.rule.title.zh}"
        yield f"<h3>{escape(title)}</h3><ul>"
        for found in result.found:
            letter = result.severity(found).letter
            yield f'<li class="{letter}">[{letter}] {escape(found.text.zh)}</li>'
        yield (
            f"</ul><small>{escape(result.rule.wording)}（{escape(result.rule.source)}）。"
            f"整改：{escape(result.rule.mend.zh)}。</small>"
        )
    unchecked = [r for r in audit.of(school) if r.outcome is Outcome.NOT_CHECKED]
    if unchecked:
        yield "<h3>未核对</h3><ul>"
        for result in unchecked:
            why = escape(result.unchecked[0].text.zh)
            yield f"<li>{result.rule.id} {escape(result.rule.title.zh)}：{why}</li>"
        yield "</ul>"
    yield "</section>"


def _table(frame: pd.DataFrame) -> str:
    return str(frame.to_html(index=False, border=0, na_rep="", escape=True))


def _bars(audit: Audit) -> str:
    """Findings of every school as stacked bars."""
    rows = [(s.name, audit.counts(s)) for s in audit.schools]
    most = max((sum(c.values()) for _name, c in rows), default=0) or 1
    height = 24 * len(rows) + 10
    parts = [f'<svg role="img" width="720" height="{height}" font-size="13">']
    for number, (name, counts) in enumerate(rows):
        y, x = 24 * number + 5, 200.0
        parts.append(f'<text x="0" y="{y + 13}">{escape(name[:14])}</text>')
        for letter, count in counts.items():
            width = 480 * count / most
            parts.append(
                f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="16" '
                f'fill="{_COLOURS[letter]}"><title>{letter} {count}</title></rect>'
            )
            x += width
    return "".join([*parts, "</svg>"])
