"""Faults of a .fet file: the line, what is wrong, all of them at once."""

import re
from collections.abc import Sequence
from fractions import Fraction

from scheduler.formats.fet.xml_tree import Node
from scheduler.model.errors import NO_ADVICE, DataError, InputError
from scheduler.model.text import Text

_WHOLE = re.compile(r"\d{1,9}")
_PERCENT = re.compile(r"\d{1,3}(\.\d{1,15})?")
MOST = 10**9


class FetFaults:
    """Collects faults; nothing is used of a file that has any."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.errors: list[DataError] = []

    def error(
        self,
        node: Node | None,
        zh: str,
        en: str,
        advice: Text = NO_ADVICE,
        value: str | None = None,
    ) -> None:
        """Note a fault of an element."""
        row = node.line if node else None
        fault = DataError(self.file, Text(zh, en), advice, row, value=value)
        self.errors.append(fault)

    def stop(self) -> None:
        """Raise what was found.

        Raises:
            InputError: there are faults.
        """
        if self.errors:
            raise InputError(self.errors)

    def whole(
        self,
        node: Node,
        tag: str,
        *,
        default: int | None = None,
        least: int = 0,
        most: int = MOST,
    ) -> int:
        """A whole number; without a default it must be there."""
        text = node.value(tag).strip()
        if not text and default is not None:
            return default
        if not _WHOLE.fullmatch(text) or not least <= int(text) <= most:
            self.error(
                node.child(tag) or node,
                f"{tag} 应为{least}到{most}的整数",
                f"is no {tag}: a whole number from {least} to {most} is expected",
                value=text[:60],
            )
            return least
        return int(text)

    def percentage(self, node: Node) -> Fraction:
        """The weight of a constraint."""
        text = node.value("Weight_Percentage").strip() or "100"
        if not _PERCENT.fullmatch(text) or Fraction(text) > 100:
            self.error(
                node.child("Weight_Percentage"),
                "不是0到100的百分比",
                "is no percentage from 0 to 100",
                value=text[:60],
            )
            return Fraction(100)
        return Fraction(text)

    def once(self, nodes: Sequence[Node], names: Sequence[str], tag: str) -> None:
        """Every name is given, and only once."""
        seen: set[str] = set()
        for node, name in zip(nodes, names, strict=True):
            if not name:
                self.error(node, f"{tag} 没有名称", f"is a {tag} without a name")
            elif name in seen:
                self.error(
                    node,
                    f"{tag} 的名称重复",
                    f"is the name of two of the list's {tag}s",
                    value=name[:60],
                )
            seen.add(name)

    def check_count(self, node: Node | None, tag: str) -> None:
        """The number FET writes before a list agrees with the list."""
        counter = f"Number_of_{'Sets_of_Real_Rooms' if 'Set' in tag else tag + 's'}"
        if tag == "Activity_Id":
            counter = "Number_of_Activities"
        if node is None or node.child(counter) is None:
            return
        said, there = node.value(counter).strip(), len(node.all(tag))
        if said != str(there):
            self.error(
                node.child(counter),
                f"{counter} 与列出的{there}项不符",
                f"is {counter}, but {there} are listed",
                Text("文件可能被截断或手工改过。", "Maybe it was edited by hand?"),
                said[:60],
            )
