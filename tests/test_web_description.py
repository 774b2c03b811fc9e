"""The description of the endpoints: true examples, the commands beside them, and no answer that it does not tell."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from pydantic import TypeAdapter
from schemathesis.specs.openapi.checks import positive_data_acceptance
from typer.main import get_command

from marsad.cli import app as commands
from marsad.monitor import Monitor
from marsad.web import app
from marsad.web.endpoints import ENDPOINTS
from marsad.web.examples import examples, examples_of
from marsad.web.whole import ANSWERS
from webserver import serving, tokens

if TYPE_CHECKING:
    from pathlib import Path

WITHOUT = {
    "add": "takes files of the machine that it runs on",
    "archive": "writes files",
    "backup": "writes a file",
    "check": "is of whoever keeps the file",
    "demo": "makes a monitor",
    "evaluate": "works on files",
    "export": "writes files",
    "gazetteer": "keeps the machine's gazetteer",
    "import": "reads files",
    "health": "is of whoever watches feeds",
    "places": "reads files that are not kept",
    "read": "reads files that are not kept",
    "reread": "is of whoever keeps the file",
    "restore": "writes a file",
    "serve": "is this",
    "theatre": "checks a file",
    "verify": "checks a file",
    "watch": "is of whoever watches feeds",
}
"""Commands that have no endpoint, and why."""


def test_every_command_that_asks_has_its_endpoint() -> None:
    named: Any = get_command(commands)
    told = {one.name for one in ENDPOINTS} | {"judge"}
    assert set(named.commands) - told == set(WITHOUT) - {"places"}  # /api/places tells of a place that is known
    assert "places" in named.commands


def test_every_answer_is_described(tmp_path: Path) -> None:
    path = tmp_path / "empty.marsad"
    Monitor.open(path).close()
    described = app(path).openapi()
    for where, methods in described["paths"].items():
        for method, one in methods.items():
            assert one["summary"], where
            assert {"401", "422", "429", "503"} <= set(one["responses"]), where
            assert ("304" in one["responses"]) == (
                method == "get" and "{sha256}" not in where and where != "/api/events"
            )
    for endpoint in ENDPOINTS:
        one = described["paths"][endpoint.path.replace(":path", "")]["get"]
        assert one["responses"]["200"]["content"]["application/json"]["example"] == examples()[endpoint.name]["answer"]


@pytest.mark.parametrize("name", sorted(one.name for one in ENDPOINTS))
def test_examples_have_the_shape_of_their_answer(name: str) -> None:
    TypeAdapter(ANSWERS[name]).validate_python(examples()[name]["answer"], strict=True)


@pytest.mark.slow
def test_examples_are_what_the_demonstration_answers(
    demo_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARSAD_ROADS", str(tmp_path))
    with Monitor.open(demo_file) as held:
        found = examples_of(held)
    assert found == examples(), "run `python tools/web_examples.py`"


_BOUNDED = settings(
    max_examples=6,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
_ENDLESS = {"/api/events"}


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode), ids=lambda mode: mode.value)
def test_every_answer_is_one_that_is_described(
    demo_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: schemathesis.GenerationMode
) -> None:
    monkeypatch.setenv("MARSAD_ROADS", str(tmp_path))
    asked = 0
    with serving(demo_file, known=tokens(tmp_path)) as client:
        described = schemathesis.openapi.from_url(str(client.base_url.join("/api/openapi.json")))
        for one in described.get_all_operations():
            operation = one.ok()
            if operation.path in _ENDLESS:
                continue

            @_BOUNDED
            @given(case=operation.as_strategy(generation_mode=mode))
            def answered(case: Any) -> None:
                nonlocal asked
                asked += 1
                # What fits the description may still not be known here, or ask for a period that ends before it begins.
                case.call_and_validate(timeout=120, excluded_checks=[positive_data_acceptance])

            with suppress(Unsatisfiable):  # a name in a path can be anything
                answered()
    assert asked > len(ENDPOINTS)
