"""What hundreds of tests would make anew, made once in each process of a test run."""

from collections.abc import Callable

import pytest
from argon2 import PasswordHasher
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Connection
from werkzeug.routing import Rule

from scheduler.services.access import passwords
from scheduler.services.store import upgrading
from scheduler.services.store.schema import HEAD


def tables_once(patch: pytest.MonkeyPatch) -> None:
    """Give a new SQLite database the tables that the migrations made for the first."""
    migrate, made = upgrading.migrate, []

    def copied(connection: Connection, *target: str) -> None:
        kept = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
        is_head = (target or migrate.__defaults__) == (HEAD,)
        on_sqlite = connection.dialect.name == "sqlite"
        if not (is_head and on_sqlite) or connection.exec_driver_sql(kept).first():
            migrate(connection, *target)
        elif not made:
            migrate(connection)
            made.extend(connection.exec_driver_sql(kept).scalars())
            made.append(f"INSERT INTO alembic_version VALUES ('{HEAD}')")
        else:
            for statement in made:
                connection.exec_driver_sql(statement)

    patch.setattr(upgrading, "migrate", copied)


def templates_once(patch: pytest.MonkeyPatch) -> None:
    """Let all sites share their compiled templates."""
    patch.setattr(Flask, "jinja_options", {"bytecode_cache": _Compiled()})


def routes_once(patch: pytest.MonkeyPatch) -> None:
    """Compile what builds the address of a route once, not for each site anew."""
    build: Callable[[Rule, bool], object] = Rule.__dict__["_compile_builder"]
    made: dict[object, object] = {}

    def kept(self: Rule, append_unknown: bool = True) -> object:
        kinds = sorted((k, type(v).__name__) for k, v in self._converters.items())
        key = append_unknown, tuple(self._trace), repr((self.defaults, kinds))
        if key not in made:
            made[key] = build(self, append_unknown)
        return made[key]

    patch.setattr(Rule, "_compile_builder", kept)


def cheap_hashes(patch: pytest.MonkeyPatch) -> None:
    """Hash passwords in no time; a test of what they cost asks for `dear_hashes`."""
    patch.setattr(passwords, "_HASHER", PasswordHasher(1, 8, 1))


class _Compiled(BytecodeCache):
    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = bucket.bytecode_to_string()
