"""Holes in the days of classes that a solve had to allow."""

from dataclasses import dataclass
from typing import Any

from scheduler.model.text import Text


@dataclass(frozen=True, slots=True)
class Holes:
    """How many holes of a class and week were asked for, allowed in the end, and are
    proven to be needed."""

    asked: int
    allowed: int
    least: int

    @property
    def raised(self) -> bool:
        """Whether more had to be allowed than was asked for."""
        return self.allowed > self.asked

    @property
    def text(self) -> Text:
        """What was allowed and why, in one sentence."""
        if self.allowed == self.least:
            why = Text("已证明不能更少", "proven to be the fewest")
        else:
            why = Text(
                "没有找到更少的，也未证明不能更少", "the fewest found, not proven"
            )
        return Text(
            f"做不到每班中间不空节（要求每周最多{self.asked}节）：改为每班每周最多空"
            f"{self.allowed}节，{why.zh}。空着的节次见班级课表。",
            f"Not every class's day can be without empty periods in it (asked: at most "
            f"{self.asked} a week): up to {self.allowed} of a class and week are "
            f"allowed instead, {why.en}. The class pages show them.",
        )

    def facts(self) -> dict[str, Any]:
        """For solution.json."""
        return {
            "asked": self.asked,
            "allowed": self.allowed,
            "least": self.least,
            "text": self.text.both(),
        }
