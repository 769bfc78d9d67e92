"""Elements of a .fet file, put together and written."""

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from scheduler.formats.fet.xml_tree import Node

FET_VERSION = "6.8.5"
"""The version of FET whose format is written."""


def leaf(tag: str, text: object) -> Node:
    """An element with a text; numbers and flags as FET writes them."""
    if isinstance(text, bool):
        text = "true" if text else "false"
    return Node(tag, 0, str(text))


def branch(tag: str, *children: Node) -> Node:
    """An element with children."""
    return Node(tag, 0, "", list(children))


def counted(counter: str, tag: str, texts: Sequence[object]) -> Iterator[Node]:
    """A list with its count before it."""
    yield leaf(counter, len(texts))
    yield from (leaf(tag, text) for text in texts)


def slots_of(
    counter: str, tag: str, names: tuple[str, str], slots: Sequence[tuple[str, str]]
) -> Iterator[Node]:
    """Time slots by name with their count; ``names`` are the inner elements'."""
    yield leaf(counter, len(slots))
    for day, hour in slots:
        yield branch(tag, leaf(names[0], day), leaf(names[1], hour))


def constraint(name: str, *children: Node, weight: str = "100") -> Node:
    """A constraint of a type, named without the word Constraint."""
    return branch(
        f"Constraint{name}",
        leaf("Weight_Percentage", weight),
        *children,
        leaf("Active", text=True),
        leaf("Comments", ""),
    )


def written(root: Node) -> bytes:
    """A whole file, as FET lays it out; the root's text is its version."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', ""]
    lines.append(f'<fet version="{escape(root.text, {chr(34): "&quot;"})}">')
    for child in root.children:
        lines += _lines(child, 0)
    lines += ["", "</fet>", ""]
    return "\n".join(lines).encode()


def _lines(node: Node, depth: int) -> Iterable[str]:
    indent = "\t" * max(0, depth - 1)
    if not node.children:
        yield f"{indent}<{node.tag}>{escape(node.text)}</{node.tag}>"
        return
    yield f"{indent}<{node.tag}>"
    for child in node.children:
        yield from _lines(child, depth + 1)
    yield f"{indent}</{node.tag}>"
