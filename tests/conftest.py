"""What many tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from marsad.gazetteer import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def gazetteer() -> Iterator[Gazetteer]:
    """The whole gazetteer, built on the first run; for tests marked slow."""
    with Gazetteer.open(build_if_missing=True) as opened:
        yield opened
