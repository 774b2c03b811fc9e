"""Inputs that are out to break whoever takes them in: nothing crashes, hangs or fills the memory, and all is told."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import hostile_support as hostile
from marsad.intake import Skipped, Taken

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SECONDS, MEGABYTES = 5.0, 500.0
ENDINGS = {name: name for name in hostile.WHOLE}


def items(path: Path) -> list[Taken | Skipped]:
    return list(hostile.items(path))


def must_be_told(found: list[Taken | Skipped]) -> None:
    """All that was skipped has a reason of its own on one line, and no library's failure came through."""
    assert found
    for one in found:
        if isinstance(one, Skipped):
            assert one.reason.isprintable()
            assert 0 < len(one.reason) < 300
            assert not one.reason.startswith("cannot be read: ") or "Error" not in one.reason, one.reason
        else:
            assert any(map(str.isalnum, one.report.text))


@pytest.mark.parametrize("name", ENDINGS)
def test_a_sound_file_of_every_format_is_taken(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(hostile.WHOLE[name])
    assert any(isinstance(one, Taken) for one in items(path)), items(path)


def cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


BROKEN = {
    "cut off": cut,
    "cut in the middle": lambda data: data[: len(data) // 3] + data[len(data) * 2 // 3 :],
    "twice": lambda data: data + data,
    "with a NUL in the middle": lambda data: data[: len(data) // 2] + b"\0" + data[len(data) // 2 :],
    "with noise in the middle": lambda data: (
        data[: len(data) // 2] + random.Random(7).randbytes(64) + data[len(data) // 2 :]
    ),
    "behind a mark of UTF-16": lambda data: b"\xff\xfe" + data,
    "backwards": lambda data: data[::-1],
    "first byte alone": lambda data: data[:1],
}


@pytest.mark.parametrize("name", ENDINGS)
@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_file_of_every_format_is_told(tmp_path: Path, name: str, how: str) -> None:
    path = tmp_path / name
    path.write_bytes(BROKEN[how](hostile.WHOLE[name]))
    must_be_told(items(path))


@pytest.mark.parametrize("name", ENDINGS)
def test_a_file_under_the_name_of_another_format_is_told(tmp_path: Path, name: str) -> None:
    for other in ENDINGS:
        path = tmp_path / other
        path.write_bytes(hostile.WHOLE[name])
        must_be_told(items(path))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("name", ENDINGS)
@given(
    changes=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=8)), min_size=1, max_size=6),
)
def test_any_bytes_may_be_wrong(tmp_path: Path, name: str, changes: list[tuple[float, bytes]]) -> None:
    data = bytearray(hostile.WHOLE[name])
    for share, new in changes:
        at = int(share * (len(data) - 1))
        data[at : at + len(new)] = new
    path = tmp_path / name
    path.write_bytes(bytes(data))
    must_be_told(items(path))


@pytest.fixture(scope="module")
def costs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """What each bomb cost a process that takes them in one after the other."""
    folder = tmp_path_factory.mktemp("bombs")
    program = [sys.executable, hostile.__file__]
    subprocess.run([*program, "make", folder], check=True, timeout=300)
    found = subprocess.run([*program, "take", folder], check=False, timeout=600, capture_output=True, text=True)
    lines = [json.loads(line) for line in found.stdout.splitlines()]
    assert found.returncode == 0, f"died after {lines[-1]['case'] if lines else 'nothing'}: {found.stderr[-500:]}"
    return {line["case"]: line for line in lines}


@pytest.mark.parametrize("case", hostile.BOMBS)
def test_a_bomb_costs_little_and_is_told(costs: Mapping[str, Any], case: str) -> None:
    cost = costs[case]
    assert cost["seconds"] < SECONDS
    assert cost["megabytes"] < MEGABYTES
    assert cost["given"] or cost["reasons"]
    for reason in cost["reasons"]:
        assert reason.isprintable()
        assert len(reason) < 300
        assert "root:" not in reason


@pytest.mark.parametrize("case", ["feed with a file from outside", "KML with a file from outside"])
def test_nothing_from_outside_comes_in(tmp_path: Path, case: str) -> None:
    name, made = hostile.BOMBS[case]
    path = tmp_path / name
    path.write_bytes(made())
    assert not [one for one in items(path) if isinstance(one, Taken) and "root:" in one.report.text]
