"""XML read as a stream of events, without a tree, entities or namespaces."""

from collections.abc import Callable, Iterable
from xml.parsers import expat

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Characters = Callable[[str], None]
_DEEPEST = 100


class BrokenXmlError(ValueError):
    """The bytes are not the XML of an office file."""


def stream(
    chunks: Iterable[bytes], start: Start, end: End, characters: Characters
) -> None:
    """Send the events of a document; element names come without their prefix.

    Raises:
        BrokenXmlError: it is no XML, or declares entities as office files never do.
    """
    local: dict[str, str] = {}
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise BrokenXmlError("nested too deeply")
        known = local.get(name)
        if known is None:
            known = local.setdefault(name, name.rpartition(":")[2])
        start(known, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(local[name])

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = _refuse
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise BrokenXmlError(str(error)) from None


def _refuse(*_: object) -> None:
    raise BrokenXmlError("declares a document type")
