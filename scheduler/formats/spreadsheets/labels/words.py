"""Words of a sheet in one spelling: widths, dashes, spaces, traditional characters."""

import re
import unicodedata
from functools import lru_cache

_SIMPLE = str.maketrans(
    "語數學體樂術動綜踐會隊級節週樓場館業務務歷史寫書電腦訊處課後實驗與閱讀團進間餐",
    "语数学体乐术动综践会队级节周楼场馆业务务历史写书电脑讯处课后实验与阅读团进间餐",
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－─━﹣∼～〜", "-"))
_BRACKETS = str.maketrans("[]{}〔〕【】「」『』〈〉《》", "()()()[][][]()()")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_SPACES = re.compile(r"[^\S\n]+")
_ROUND_LINES = re.compile(r" ?\n[ \n]*")
_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
HAN = "一二三四五六七八九十"
NUMERAL = rf"(?:\d{{1,2}}|[{HAN}]{{1,3}})"


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """The text with one width, one dash, one kind of bracket and single spaces.

    Line breaks stay; corner brackets (``【】``) become square ones.
    """
    spelt = unicodedata.normalize("NFKC", text).translate(_BRACKETS)
    spelt = _INVISIBLE.sub("", spelt.translate(_SIMPLE).translate(_DASHES))
    spelt = _SPACES.sub(" ", spelt.replace("\r\n", "\n").replace("\r", "\n"))
    return _ROUND_LINES.sub("\n", spelt).strip()


@lru_cache(maxsize=65536)
def compact(text: str) -> str:
    """The text in one spelling without any spaces or line breaks."""
    return re.sub(r"\s+", "", plain(text))


def close_up(text: str) -> str:
    """The text without the spaces that pull short names apart: 语　文 -> 语文."""
    return _BETWEEN_HAN.sub("", text)


def number(text: str) -> int | None:
    """A number from 1 to 99 in digits or Chinese numerals; None for anything else."""
    if text.isdecimal():
        return int(text) or None
    if not text or set(text) - set(HAN) or text.count("十") > 1:
        return None
    tens, ten, units = text.rpartition("十")
    if len(tens) > 1 or len(units) > 1:
        return None
    value = HAN.index(units) + 1 if units else 0
    if ten:
        value += 10 * (HAN.index(tens) + 1 if tens else 1)
    return value or None
