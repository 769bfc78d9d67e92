"""What a script sends: one JSON object, small, and of no surprising shape."""

import json
from typing import Any

from flask import abort, request


def posted() -> dict[str, Any]:
    """The object that a script has sent; anything else is answered 400."""
    try:
        found = json.loads(request.get_data())
    except (ValueError, RecursionError):
        abort(400)
    if not isinstance(found, dict):
        abort(400)
    return found
