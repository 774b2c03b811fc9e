"""What many tests share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from marsad.demo import demo_reports, demo_theatre
from marsad.gazetteer import Gazetteer
from marsad.monitor import Monitor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser


SERVER = "MARSAD_TEST_POSTGRESQL"
"""Names the URL of a PostgreSQL server on which tests may make databases; tests that need one are skipped without."""


@pytest.fixture
def new_database() -> Iterator[Callable[[], str]]:
    """What makes an empty database on the server of `MARSAD_TEST_POSTGRESQL` and returns its URL."""
    server = os.environ.get(SERVER)
    if server is None:
        pytest.skip(f"{SERVER} names no server")
    import psycopg
    from sqlalchemy.engine import make_url

    made: list[str] = []
    with psycopg.connect(server, autocommit=True) as admin:

        def make() -> str:
            made.append(f"marsad_test_{os.getpid()}_{uuid4().hex[:12]}")
            admin.execute(f'CREATE DATABASE "{made[-1]}"')
            return make_url(server).set(database=made[-1]).render_as_string(hide_password=False)

        yield make
        for name in made:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a new store can be, in turn on each kind of database."""
    if request.param == "sqlite":
        return tmp_path / "war.marsad"
    url: str = request.getfixturevalue("new_database")()
    return url


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The monitor of the bundled reports, made once; for tests marked slow, which copy it before they add to it."""
    path = tmp_path_factory.mktemp("demo") / "demo.marsad"
    with Monitor.open(path, theatre=demo_theatre()) as held:
        held.add([demo_reports()])
    return path


@pytest.fixture(scope="session")
def gazetteer() -> Iterator[Gazetteer]:
    """The whole gazetteer, built on the first run; for tests marked slow."""
    with Gazetteer.open(build_if_missing=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser; of a module and not of the session, as its loop would stand in the way of tests that run their own."""
    from browser_support import chromium

    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def demo_server(gazetteer: Gazetteer, demo_file: Path) -> Iterator[str]:
    """The address of a server of the demonstration, for browsers; for tests marked slow."""
    from browser_support import serving

    with serving(demo_file) as base:
        yield base
