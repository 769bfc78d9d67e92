"""Settings of an identity provider (OIDC): a TOML file, its secret in another."""

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text
from web.identity import Provider

WANTED = ("issuer", "client_id", "client_secret_file")
ALSO = ("label", "claim")
_OWN = ("localhost", "127.0.0.1", "::1")


def read_provider(path: Path) -> Provider:
    """A provider as its settings say.

    Raises:
        InputError: what is missing or wrong in the file, all at once.
    """
    found = _read(path)
    errors = [_fault(path, key, _MISSING) for key in WANTED if not found.get(key)]
    errors += [
        _fault(path, key, _UNKNOWN) for key in sorted({*found} - {*WANTED, *ALSO})
    ]
    errors += [
        _fault(path, key, _NO_TEXT)
        for key in (*WANTED, *ALSO)
        if key in found and not isinstance(found[key], str)
    ]
    if errors:
        raise InputError(errors)
    issuer = urlsplit(found["issuer"])
    if issuer.scheme != "https" and issuer.hostname not in _OWN:
        raise InputError([_fault(path, "issuer", _NOT_SAFE, found["issuer"])])
    return Provider(
        found["issuer"],
        found["client_id"],
        _secret(path, path.parent / found["client_secret_file"]),
        found.get("label", "统一身份认证 · Single sign-on"),
        found.get("claim", "preferred_username"),
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError([_unread(path, error)]) from error
    except tomllib.TOMLDecodeError as error:
        problem = Text(f"不是 TOML（{error}）", f"is no TOML ({error})")
        raise InputError([DataError(str(path), problem)]) from error


def _secret(path: Path, file: Path) -> str:
    try:
        secret = file.read_text("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError([_unread(file, error)]) from error
    if not secret:
        raise InputError([_fault(path, "client_secret_file", _EMPTY, str(file))])
    return secret


def _unread(path: Path, error: OSError | UnicodeDecodeError) -> DataError:
    reason = getattr(error, "strerror", None) or "UTF-8"
    return DataError(
        str(path), Text(f"读不了（{reason}）", f"cannot be read ({reason})")
    )


def _fault(path: Path, key: str, problem: Text, value: str | None = None) -> DataError:
    return DataError(str(path), problem, column=key, value=value)


_MISSING = Text("没有填写", "is missing")
_UNKNOWN = Text("没有这一项", "is no setting")
_NO_TEXT = Text("应是带引号的文字", "is no text in quotes")
_EMPTY = Text("文件是空的", "is an empty file")
_NOT_SAFE = Text("要以 https:// 开头", "does not begin with https://")
