"""Rule sets, bearings and unnamed sources: what ships is whole, and wrong files are refused with line and reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from marsad.errors import DataFileError
from marsad.linking import link, trace_origins
from marsad.vocabulary import load_bearings, load_events, load_nowcast, load_rules, load_unnamed
from marsad.vocabulary.grades import SHIPPED
from marsad.vocabulary.nowcast import SHIPPED as NOWCAST
from marsad.weighing import grade
from weighing_support import claim, report, theatre

if TYPE_CHECKING:
    from pathlib import Path

BEARING = '[capture]\naffirmed = "holds"\n'


def test_shipped_rules_cover_every_combination_of_voices() -> None:
    rules = load_rules()
    assert rules.name == "marsad-1"
    assert set(rules.grades) == {"admitted", "corroborated", "single", "disputed", "denied", "settled"}
    assert {rule.grade for rule in rules.rules} == set(rules.grades)


def test_bearings_are_of_known_events() -> None:
    assert set(load_bearings()) <= set(load_events())


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("when = { conceded = true }", "when = { confessed = true }", "when = { conf", "unknown key 'confessed'"),
        (
            "when = { conceded = true }",
            'when = { conceded = "yes" }',
            "when = { conc",
            "'conceded' must be true or false",
        ),
        (
            "voices_for = 2 }",
            "voices_for = 0 }",
            "voices_for = 0 }",
            "'voices_for' must be a whole number of at least 1",
        ),
        ('grade = "corroborated"', 'grade = "certain"', 'grade = "certain"', "'grade' is 'certain'"),
        ('item = "3"', 'item = "9"', 'item = "9"', "'item' is '9'"),
        ('settles = "affirmed"', 'settles = "maybe"', 'settles = "maybe"', "'settles' is 'maybe'"),
        ('"air_strike"', '"snowfall"', "accusations", "'snowfall' is not an event type"),
        ("settled_at_least = 5", "settled_at_least = true", "settled_at_least", "'settled_at_least' must be"),
        ("A = 0.95", "A = 95", "letters", "'A' must be a share between 0 and 1"),
        ("open = true", 'open = "yes"', 'open = "yes"', "'open' must be true or false"),
    ],
)
def test_wrong_rule_set_is_refused_with_line_and_reason(
    tmp_path: Path, old: str, new: str, line: str, reason: str
) -> None:
    text = SHIPPED.read_text("utf-8").replace(old, new, 1)
    path = tmp_path / "rules.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(DataFileError) as caught:
        load_rules(path)
    rows = text.splitlines()
    number = int(str(caught.value).removeprefix(f"{path}:").split(":")[0])
    assert reason in str(caught.value)
    assert line in rows[number - 1]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[capture]\naffirmed = "owns"\n', "'affirmed' is 'owns'"),
        (BEARING + 'denied = "gone"\n', "'denied' is 'gone'"),
        (BEARING + 'more = "much"\n', "'more' must be true or false"),
        (BEARING + "colour = 1\n", "unknown key 'colour'"),
    ],
)
def test_wrong_bearing_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "bearings.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(DataFileError, match=reason):
        load_bearings(path)


def test_wrong_trait_of_an_event_type_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "events.toml"
    path.write_text(
        '[parade]\nwhat = "forces march"\nfamily = "other"\ncontrol = "none"\nharms = "none"\ntraits = ["loud"]\n',
        "utf-8",
    )
    with pytest.raises(DataFileError, match=r"events\.toml:6: 'traits' has 'loud'; each must be one of armed"):
        load_events(path)


def test_wrong_unnamed_source_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "unnamed.toml"
    path.write_text('["a source"]\nfollows_medium = 1\n', "utf-8")
    with pytest.raises(DataFileError, match=r"unnamed\.toml:2: 'follows_medium' must be true or false"):
        load_unnamed(path)


def test_own_rule_set_gives_its_own_grades(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        'name = "own-1"\n[grades.weak]\nwhat = "anybody says so"\nopen = false\n'
        '[[rules]]\ngrade = "weak"\nwhen = { voices_for = 1 }\nitem = "4"\n'
        'because = "Said."\nwould_change = "Nothing."\n',
        "utf-8",
    )
    claims, reports = [claim("a", "Monitor", "enter")], {"a": report("a")}
    origins = trace_origins(reports.values())
    linked = link(claims, reports, origins, theatre())
    (verdict,) = grade(linked, claims, reports, origins, theatre(), rules=load_rules(path)).values()
    assert (verdict.grade, verdict.rule_set, verdict.admiralty_item) == ("weak", "own-1", "4")


def test_the_shipped_nowcast_trusts_admissions_most_and_denials_least() -> None:
    model = load_nowcast()
    assert model.name == "nowcast-1"
    shares = {name: counts.share for name, counts in model.reliability.items()}
    assert max(shares, key=lambda name: shares[name]) == "against"
    assert min(shares, key=lambda name: shares[name]) == "denying"
    assert set(model.fits) <= {one.affirmed for one in load_bearings().values()} | {"lacks"}
    assert model.quiet < model.pressed < model.doubted < model.told


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("quiet = 0.005", "quiet = 1.5", "'quiet' is 1.5; it must be at least 0 and at most 1"),
        ("quiet = 0.005", 'quiet = "never"', "'quiet' must be a number"),
        ("quiet = 0.005", "silent = 0.005", "unknown key 'silent'"),
        ("unknown = 0.3", "unknown = 0", "'unknown' is 0; it must be above 0"),
        ("lacks = {", "owns = {", "unknown key 'owns'"),
        ("serving = { right = 16", "serving = { right = 0", "'right' is 0; it must be above 0"),
        ("serving = { right = 16, wrong = 4 }", "", "'right' must be a number"),
    ],
)
def test_a_wrong_nowcast_file_is_refused_with_line_and_reason(old: str, new: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "nowcast.toml"
    path.write_text(NOWCAST.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(DataFileError) as error:
        load_nowcast(path)
    assert reason in str(error.value)
    assert str(error.value).startswith(f"{path}:")
