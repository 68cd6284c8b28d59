"""Run by Alembic for each upgrade; the store hands over the connection that it holds."""

from alembic import context

from toolkit.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    # SQLite cannot change a column in place: a step copies the table.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
