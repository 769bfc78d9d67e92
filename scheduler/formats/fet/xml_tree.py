"""XML as a plain tree, read by a parser that takes no document types or entities."""

from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from scheduler.formats.sheets.text_files import file_bytes
from scheduler.model.errors import DataError, InputError
from scheduler.model.intake import FET_ELEMENTS
from scheduler.model.text import Text

DEEPEST = 12
_SAVE_AGAIN = Text("请用 FET 打开后另存。", "Maybe open it in FET and save it again?")


@dataclass(slots=True)
class Node:
    """One element: its name, its text, its children, the line it begins on."""

    tag: str
    line: int
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def all(self, tag: str) -> list["Node"]:
        """Children of this name."""
        return [child for child in self.children if child.tag == tag]

    def child(self, *tags: str) -> "Node | None":
        """The first child with one of these names."""
        return next((c for c in self.children if c.tag in tags), None)

    def value(self, *tags: str) -> str:
        """The text of the first child with one of these names; empty without."""
        found = self.child(*tags)
        return found.text if found else ""


class _Refused(Exception):
    """What the file holds and may not."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh, en)


class _Builder:
    """Puts the tree together from expat's events."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype
        self.root: Node | None = None
        self.version = ""
        self._open: list[Node] = []
        self._count = 0

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        node = Node(tag, self.parser.CurrentLineNumber)
        self._count += 1
        if self._count > FET_ELEMENTS.most or len(self._open) == DEEPEST:
            raise _Refused("元素太多或嵌套太深", "has too many or too deep elements")
        if self._open:
            self._open[-1].children.append(node)
        elif self.root is None:
            self.root, self.version = node, attributes.get("version", "")
        self._open.append(node)

    def _end(self, _tag: str) -> None:
        node = self._open.pop()
        if node.children:
            node.text = ""

    def _characters(self, text: str) -> None:
        if self._open:
            self._open[-1].text += text

    def _doctype(self, *_declaration: object) -> None:
        zh, en = "含有文档类型或实体声明", "declares a document type or entities"
        raise _Refused(zh, f"{en}, which FET never writes")


def read_tree(path: Path) -> Node:
    """The root element of a file.

    Raises:
        InputError: it is too large, not UTF-8, not XML or declares entities.
    """
    return parse_tree(file_bytes(path), path.name)


def parse_tree(content: bytes, name: str) -> Node:
    """The root element of a file's bytes; its text is its version attribute."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        problem = Text("不是 UTF-8 编码", "is not UTF-8")
        raise InputError([DataError(name, problem, _SAVE_AGAIN)]) from None
    builder = _Builder()
    try:
        builder.parser.Parse(_without_declaration(text).encode(), True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        problem = Text("从这里起不是完整的 XML", f"is not whole XML ({reason})")
        fault = DataError(name, problem, _SAVE_AGAIN, error.lineno)
        raise InputError([fault]) from None
    except _Refused as refusal:
        raise InputError([DataError(name, refusal.text, _SAVE_AGAIN)]) from None
    if builder.root is None:
        raise InputError([DataError(name, Text("是空的", "is empty"), _SAVE_AGAIN)])
    builder.root.text = builder.version
    return builder.root


def _without_declaration(text: str) -> str:
    """The text without ``<?xml …?>``, whose encoding was settled by decoding it."""
    stripped = text.lstrip()
    end = stripped.find("?>")
    if not stripped.startswith("<?xml") or end < 0:
        return text
    head = stripped[: end + 2]
    return "\n" * (text[: text.index(head)] + head).count("\n") + stripped[end + 2 :]
