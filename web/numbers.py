"""Numbers in addresses and forms: none is larger than a database holds."""

from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1


def whole_number(text: str) -> int:
    """A whole number of a form or a parameter.

    Raises:
        ValueError: it is none, or too large to be one of anything here.
    """
    found = int(text)
    if abs(found) > LARGEST:
        raise ValueError(text)
    return found


class Number(IntegerConverter):
    """A whole number in an address; there is no page of a larger one."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST)
