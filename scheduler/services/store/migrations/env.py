"""What Alembic runs for a command: the steps, on the connection it was given."""

from alembic import context

context.configure(**context.config.attributes["options"])
context.run_migrations()
