"""The schema over time: an older database is brought up to date, a newer one and a stranger's are refused."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from marsad.errors import MissingStoreError, StoreError

if TYPE_CHECKING:
    from sqlalchemy import Connection

SCHEMA = "7"
"""The latest revision in migrations/versions."""

_SCRIPTS = Path(__file__).with_name("migrations")
_VERSION = "alembic_version"
_OURS = frozenset({"report", "reading", "claim"})


def is_current(connection: Connection, name: str, *, create: bool = True) -> bool:
    """Tell whether the database holds the latest schema; False for an empty one and an older schema.

    Raises StoreError for a newer schema and for a database of another program, MissingStoreError for an empty one
    where none shall be made.
    """
    version = _version(connection, name)
    if version is None and not create:
        raise MissingStoreError(f"{name}: an empty database")
    if version is None or version == SCHEMA:
        return version is not None
    if not version.isdecimal() or int(version) > int(SCHEMA):
        raise StoreError(
            f"{name}: written by another version of Marsad (schema {version}; this one knows schema {SCHEMA})"
        )
    return False


def bring_up_to_date(connection: Connection, name: str) -> None:
    """Take all steps from the database's schema to the latest, within the transaction of `connection`."""
    from alembic import command  # noqa: PLC0415 - slow, and a database that is up to date does not need it
    from alembic.config import Config  # noqa: PLC0415

    if is_current(connection, name):  # another process may have been first
        return
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    if _version(connection, name) is not None and not inspect(connection).has_table(_VERSION):
        command.stamp(config, "1")
    command.upgrade(config, "head")


def _version(connection: Connection, name: str) -> str | None:
    """Return the revision of the schema, None for an empty database."""
    names = set(inspect(connection).get_table_names())
    if _VERSION in names:
        return str(connection.scalar(text(f"SELECT version_num FROM {_VERSION}")))  # noqa: S608 - a constant
    if not names:
        return None
    if not names >= _OURS or "meta" not in names:
        raise StoreError(f"{name}: a database of another program, not a Marsad store")
    return str(connection.scalar(text("SELECT value FROM meta WHERE key = 'schema'")))
