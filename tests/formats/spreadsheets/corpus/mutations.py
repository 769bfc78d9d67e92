"""Mutations: what happens to spreadsheets in people's hands, drawn at random."""

from random import Random

from tests.formats.spreadsheets.corpus.page import Page

NOISE = (
    *(
        "备注",
        "（略）",
        "？？",
        "#REF!",
        "0",
        "1.5",
        "三(1)",
        "星期一",
        "第1节",
        "语文/数学/",
    ),
    *(
        "(((",
        "单双单",
        "王老师、李老师",
        "8:70-25:99",
        "\n\n",
        "　",
        "-3",
        "2026-13-40",
    ),
    *(
        "101",
        "一",
        "班",
        "上午",
        "0.99999",
        "第99节",
        "周一至周",
        "校/",
        "(单)",
        "=A1",
        "①",
    ),
    *(
        "一" * 50,
        "语文" * 40,
        "１２３",
        "㈠",
        "𠮷",
        "\u200b",
        "教师",
        "课程",
        "班级",
        "节次",
    ),
)


def mutated(rng: Random, page: Page, times: int) -> Page:
    """The page after some mutations."""
    page = Page(page.name, dict(page.cells), list(page.merges))
    for _ in range(times):
        rng.choice(MUTATIONS)(rng, page)
    return page


def _spot(rng: Random, page: Page) -> tuple[int, int]:
    height, width = page.size if page.cells else (3, 3)
    return rng.randrange(height + 1), rng.randrange(width + 1)


def _noise(rng: Random, page: Page) -> None:
    page.cells[_spot(rng, page)] = rng.choice(NOISE)


def _emptied(rng: Random, page: Page) -> None:
    if page.cells:
        page.cells.pop(rng.choice(sorted(page.cells)))


def _row_moved(rng: Random, page: Page) -> None:
    a, b = _spot(rng, page)[0], _spot(rng, page)[0]
    swap = {a: b, b: a}
    page.cells = {(swap.get(r, r), c): v for (r, c), v in page.cells.items()}


def _column_moved(rng: Random, page: Page) -> None:
    a, b = _spot(rng, page)[1], _spot(rng, page)[1]
    swap = {a: b, b: a}
    page.cells = {(r, swap.get(c, c)): v for (r, c), v in page.cells.items()}


def _row_inserted(rng: Random, page: Page) -> None:
    at = _spot(rng, page)[0]
    page.cells = {(r + (r >= at), c): v for (r, c), v in page.cells.items()}
    page.merges = [
        (top + (top >= at), left, bottom + (bottom > at), right)
        for top, left, bottom, right in page.merges
    ]


def _row_doubled(rng: Random, page: Page) -> None:
    at = _spot(rng, page)[0]
    page.cells |= {(at + 1, c): v for (r, c), v in page.cells.items() if r == at}


def _row_dropped(rng: Random, page: Page) -> None:
    at = _spot(rng, page)[0]
    page.cells = {(r - (r > at), c): v for (r, c), v in page.cells.items() if r != at}
    shrunk = [
        (top - (top > at), left, bottom - (bottom > at), right)
        for top, left, bottom, right in page.merges
    ]
    page.merges = [m for m in shrunk if (m[2] - m[0]) * (m[3] - m[1]) > 1]


def _merged(rng: Random, page: Page) -> None:
    (top, left), (bottom, right) = _spot(rng, page), _spot(rng, page)
    area = (
        min(top, bottom),
        min(left, right),
        max(top, bottom) + 1,
        max(left, right) + 1,
    )
    inside = [
        (r, c)
        for r, c in page.cells
        if area[0] <= r < area[2] and area[1] <= c < area[3]
    ]
    for spot in inside:
        if spot != area[:2]:
            del page.cells[spot]
    page.merges = [m for m in page.merges if not _overlap(m, area)]
    page.merge(*area)


def _overlap(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _unmerged(rng: Random, page: Page) -> None:
    if page.merges:
        page.merges.pop(rng.randrange(len(page.merges)))


def _text_broken(rng: Random, page: Page) -> None:
    if page.cells:
        spot = rng.choice(sorted(page.cells))
        text = str(page.cells[spot])
        at = rng.randrange(len(text) + 1)
        page.cells[spot] = (
            text[:at] + rng.choice(["", " ", "\n", "/", "(", "·"]) + text[at + 1 :]
        )


STRUCTURAL = (_emptied, _row_inserted, _row_dropped, _unmerged)
"""After these the lessons that are left still say what they said."""
MUTATIONS = (
    _noise,
    _emptied,
    _row_moved,
    _column_moved,
    _row_inserted,
    _row_doubled,
    _row_dropped,
    _merged,
    _unmerged,
    _text_broken,
)
