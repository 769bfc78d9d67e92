"""Row security of PostgreSQL: a second wall around the rows of each office.

The first is the check of every statement; this one holds whatever is sent. Policies go
by the setting that a transaction begins with (``database.py``).
"""

from sqlalchemy import Connection, inspect

from scheduler.services.store.office_check import EVERY, OFFICE

_SETTING = "current_setting('cuofeng.office', true)"
_OURS = f"{OFFICE} = {_SETTING} OR {_SETTING} = '{EVERY}'"


def guard_rows(connection: Connection) -> None:
    """Give every table of an office its policy; other databases have none."""
    if connection.dialect.name != "postgresql":
        return
    inspector = inspect(connection)
    for table in inspector.get_table_names():
        if OFFICE in {column["name"] for column in inspector.get_columns(table)}:
            for step in (
                f'DROP POLICY IF EXISTS of_office ON "{table}"',
                f'CREATE POLICY of_office ON "{table}" USING ({_OURS})',
                f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
                # The program owns its tables, and is bound nonetheless.
                f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
            ):
                connection.exec_driver_sql(step)
