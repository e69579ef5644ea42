"""What Alembic runs, on the connection that `services.database.migrating` gives it."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
