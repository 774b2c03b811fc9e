"""Outlets that a theatre names, down to the claims that are read of their reports."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from intake_support import write
from marsad import DataFileError, Monitor, known_outlets, load_theatre
from marsad.cli import app

if TYPE_CHECKING:
    from pathlib import Path

THEATRE = """
name = "Exampleland, 2031"

[[outlets]]
name = "Front Media"
kind = "party_channel"
aliases = ["Media of the Front"]
domains = ["front.example", "t.me/frontmedia"]
"""
OWN = '[[outlets]]\nname = "My Front"\nkind = "local_media"\ndomains = ["front.example"]\n'


def test_a_theatre_names_outlets(tmp_path: Path) -> None:
    theatre = load_theatre(write(tmp_path, "theatre.toml", THEATRE))
    (front,) = theatre.outlets
    assert (front.name, front.kind) == ("Front Media", "party_channel")
    assert known_outlets(theatre).at("https://t.me/frontmedia/5") == front
    assert known_outlets(theatre).named("AFP") == known_outlets().named("AFP") is not None
    assert known_outlets().named("Front Media") is None


def test_ones_own_outlets_go_before_those_of_the_theatre(tmp_path: Path) -> None:
    theatre = load_theatre(write(tmp_path, "theatre.toml", THEATRE))
    known = known_outlets(theatre, write(tmp_path, "own.toml", OWN))
    assert (one := known.at("https://front.example/1"))
    assert one.name == "My Front"
    assert (one := known.named("Front Media"))
    assert one.kind == "party_channel"


def test_a_wrong_outlet_of_a_theatre_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"theatre\.toml:6: 'kind' is 'rebels'"):
        load_theatre(write(tmp_path, "theatre.toml", THEATRE.replace("party_channel", "rebels")))


@pytest.mark.slow
def test_a_monitor_knows_the_outlets_of_its_theatre_and_of_a_file(tmp_path: Path) -> None:
    theatre, own = write(tmp_path, "theatre.toml", THEATRE), write(tmp_path, "own.toml", OWN)
    rows = [json.dumps({"id": one, "text": f"Rain {one}.", "url": f"https://front.example/{one}"}) for one in "ab"]
    first, second = (write(tmp_path, f"{number}.jsonl", row) for number, row in enumerate(rows))
    with Monitor.open(tmp_path / "war.marsad", theatre=theatre) as monitor:
        monitor.add([first])
        monitor.add([second], outlets=own)
        found = {one.id: (one.publisher, one.kind) for one in monitor.reports()}
    assert found == {"a": ("Front Media", "party_channel"), "b": ("My Front", "local_media")}


def test_the_command_lists_outlets_and_finds_one(tmp_path: Path) -> None:
    theatre, own = write(tmp_path, "theatre.toml", THEATRE), write(tmp_path, "own.toml", OWN)
    options = ["--theatre", str(theatre), "--outlets", str(own), "--format", "jsonl"]
    everything = CliRunner().invoke(app, ["outlets", *options]).stdout.splitlines()
    assert [json.loads(line)["name"] for line in everything[:2]] == ["My Front", "Front Media"]
    assert len(everything) == 2 + len(known_outlets().outlets)
    (found,) = CliRunner().invoke(app, ["outlets", "media of the front", *options]).stdout.splitlines()
    assert json.loads(found)["kind"] == "party_channel"
    unknown = CliRunner().invoke(app, ["outlets", "nobody"])
    assert unknown.exit_code == 2


def test_checking_a_theatre_counts_its_outlets(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["theatre", "check", str(write(tmp_path, "theatre.toml", THEATRE))])
    assert "1 outlets" in result.stdout
