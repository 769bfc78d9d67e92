"""Spellings: how one school writes classes, days, periods, subjects and times."""

from dataclasses import dataclass
from random import Random

HAN = "零一二三四五六七八九十"
FULL = {
    "CN": ["语文"],
    "MA": ["数学"],
    "FL": ["英语", "外语"],
    "ME": ["道德与法治", "道法"],
    "PE": ["体育", "体育与健康"],
    "MUS": ["音乐"],
    "FA": ["美术"],
    "SC": ["科学"],
    "IT": ["信息科技"],
    "LAB": ["劳动"],
    "CPA": ["综合实践活动", "综合实践", "综合"],
    "CAL": ["书法"],
    "PSY": ["心理健康", "心理"],
    "CLS": ["班会", "班队", "班队会", "队会"],
    "SCH": ["校本课程", "校本/经典诵读", "校/书法", "校本"],
    "HI": ["历史"],
    "GE": ["地理"],
    "BI": ["生物", "生物学"],
    "PH": ["物理"],
    "CH": ["化学"],
}
OBSOLETE = {
    "IT": ["信息技术", "微机", "计算机"],
    "ME": ["品德", "思品", "思想品德"],
    "LAB": ["劳技", "劳动技术"],
}
ONE = {
    "CN": "语",
    "MA": "数",
    "FL": "英",
    "ME": "道",
    "PE": "体",
    "MUS": "音",
    "FA": "美",
    "SC": "科",
    "LAB": "劳",
    "CPA": "综",
    "HI": "史",
    "BI": "生",
    "PH": "物",
    "CH": "化",
    "GE": "地",
    "CAL": "书",
    "PSY": "心",
    "CLS": "班",
    "IT": "信",
    "SCH": "校",
}
CUT = {"CPA": "综合实践活", "PE": "体育与健", "ME": "道德与法", "PSY": "心理健"}


def han(n: int) -> str:
    return HAN[n] if n <= 10 else ("十" + HAN[n - 10])


@dataclass
class Spelling:
    """The choices of one file; equal things are spelt alike all through it."""

    rng: Random
    classes: int
    days: int
    periods: int
    subjects: str
    names: dict[str, str]
    wide: bool

    def class_name(self, c: tuple[int, int]) -> str:
        grade, n = c
        nth = f"初{han(grade - 6)}" if grade > 6 else han(grade)
        forms = (
            f"{han(grade)}({n})班",
            f"{han(grade)}年级{n}班",
            f"{grade}{n:02d}班",
            f"{grade}{n:02d}",
            f"{grade}.{n}",
            f"{nth}{n}班",
            f"{nth}({n})",
            f"{han(grade)}年级({n})班",
            f"{grade}年级{n}班",
            f"{han(grade)}年{han(n)}班",
            f"{han(grade)}（{n}）班",
            f"{han(grade)}({n})",
            f"{grade}({n})班",
            f"{han(grade)}年级{han(n)}班",
            f"本部-{han(grade)}({n})班",
        )
        text = forms[self.classes % len(forms)]
        return text.replace("(", "（").replace(")", "）") if self.wide else text

    def day(self, d: int) -> str:
        forms = (
            f"星期{'一二三四五'[d - 1]}",
            f"周{'一二三四五'[d - 1]}",
            ("Mon", "Tue", "Wed", "Thu", "Fri")[d - 1],
            f"星期 {'一二三四五'[d - 1]}",
            f"周{'一二三四五'[d - 1]}\n9月{d}日",
            f"星期{d}",
        )
        return forms[self.days % len(forms)]

    def period(self, p: int, morning: int, session: bool = False) -> object:
        part, q = ("上午", p) if p <= morning else ("下午", p - morning)
        forms = (
            f"第{p}节",
            f"第{han(p)}节",
            p,
            f"{p}",
            f"{part}第{han(q)}节",
            f"{part}{q}",
            f"第{p}节课",
            f"{p}节",
        )
        if session:
            forms = (f"第{p}节", f"第{han(p)}节", p, f"第{han(q)}节", f"第{q}节", q)
        return forms[self.periods % len(forms)]

    def subject(self, code: str) -> str:
        if self.subjects == "one" and code in ONE:
            return ONE[code]
        return self.names[code]

    def clock(self, minute: int) -> str:
        return f"{minute // 60}:{minute % 60:02d}"

    def span(self, start: int, end: int) -> str:
        mark = self.rng.choice(["-", "—", "~", "－", "--", "至"])
        text = f"{self.clock(start)}{mark}{self.clock(end)}"
        return text.replace(":", "：") if self.wide else text


def make_spelling(rng: Random) -> Spelling:
    names = {code: rng.choice(forms) for code, forms in FULL.items()}
    for code, forms in OBSOLETE.items():
        if rng.random() < 0.4:
            names[code] = rng.choice(forms)
    for code, form in CUT.items():
        if rng.random() < 0.1:
            names[code] = form
    if rng.random() < 0.3:
        names = {k: " ".join(v) if len(v) == 2 else v for k, v in names.items()}
    return Spelling(
        rng,
        rng.randrange(15),
        rng.randrange(6),
        rng.randrange(8),
        "full",
        names,
        rng.random() < 0.3,
    )
