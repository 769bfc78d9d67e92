"""The code of a migration: what the schema has and the newest revision has not.

``python -m tools.migration`` prints it, to be read, mended and put into a new file of
``scheduler/services/store/migrations/versions``. Until there is a release,
``--first`` writes the first revision anew.
"""

import subprocess
import sys
from pathlib import Path

from alembic.autogenerate import render_python_code

from scheduler.services.clock import utc_now
from scheduler.services.store.database import Database
from scheduler.services.store.upgrading import migrate, migrating, missing_steps

ROOT = Path(__file__).resolve().parents[1]
FIRST = ROOT / "scheduler/services/store/migrations/versions/r0001_offices.py"
HEAD = '''"""The first revision: every table begins with its office."""

import sqlalchemy as sa
from alembic import op

revision = "r0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
'''


def main() -> None:
    """Migrate an empty database and tell what it still lacks."""
    first = "--first" in sys.argv
    database = Database.open("sqlite://", utc_now)
    with migrating(database) as connection:
        if not first:
            migrate(connection)
        steps = missing_steps(connection)
    prefix = "scheduler.services.store.database."
    code = render_python_code(steps, render_as_batch=True)
    code = code.replace(f"{prefix}Moment()", "sa.DateTime()")
    if not first:
        sys.stdout.write(f"{code}\n")
        return
    body = "\n".join(x for x in code.splitlines() if not x.strip().startswith("#"))
    FIRST.write_text(f"{HEAD}    {body.strip()}\n", encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", FIRST], check=True)


if __name__ == "__main__":
    main()
