"""Rule sets, bearings and unnamed sources: what ships is whole, and wrong files are refused with line and reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from marsad.errors import DataFileError
from marsad.linking import link, trace_origins
from marsad.vocabulary import (
    load_bearings,
    load_corrections,
    load_events,
    load_likeness,
    load_nowcast,
    load_rules,
    load_unnamed,
    shipped_rules,
)
from marsad.vocabulary.grades import DEFAULT, HELD, SHIPPED
from marsad.vocabulary.nowcast import SHIPPED as NOWCAST
from marsad.weighing import grade
from marsad.weighing.facts import Facts
from weighing_support import claim, report, theatre

if TYPE_CHECKING:
    from pathlib import Path

BEARING = '[capture]\naffirmed = "holds"\n'


def test_shipped_rules_are_listed_the_default_first() -> None:
    assert shipped_rules() == ("marsad-1", "recorders-1")
    assert load_rules() == load_rules("marsad-1") == load_rules(SHIPPED / "marsad-1.toml")


@pytest.mark.parametrize("name", shipped_rules())
def test_shipped_rules_give_every_grade_and_name_themselves(name: str) -> None:
    rules = load_rules(name)
    assert (rules.name, bool(rules.version), bool(rules.what)) == (name, True, True)
    assert {rule.grade for rule in rules.rules} == set(rules.grades)


def test_every_condition_that_is_true_or_false_is_a_fact() -> None:
    assert {name for name in HELD if not isinstance(getattr(Facts, name, None), property)} == set()


def test_rules_that_are_neither_a_name_nor_a_file_are_refused() -> None:
    with pytest.raises(
        DataFileError, match="no rule set and no file 'mine'; the shipped sets are marsad-1, recorders-1"
    ):
        load_rules("mine")


def test_rule_file_is_read_anew_each_time(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    text = (SHIPPED / "marsad-1.toml").read_text("utf-8")
    path.write_text(text, "utf-8")
    assert load_rules(str(path)).version == "1.0"
    path.write_text(text.replace('version = "1.0"', 'version = "1.1"'), "utf-8")
    assert load_rules(str(path)).version == "1.1"


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
        ('version = "1.0"', "version = 1.0", "version = 1.0", "'version' must be a non-empty string"),
        ("open = true", 'open = "yes"', 'open = "yes"', "'open' must be true or false"),
    ],
)
def test_wrong_rule_set_is_refused_with_line_and_reason(
    tmp_path: Path, old: str, new: str, line: str, reason: str
) -> None:
    text = (SHIPPED / f"{DEFAULT}.toml").read_text("utf-8").replace(old, new, 1)
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
        'name = "own-1"\nversion = "3"\nwhat = "mine"\n[grades.weak]\nwhat = "anybody says so"\nopen = false\n'
        '[[rules]]\ngrade = "weak"\nwhen = { voices_for = 1 }\nitem = "4"\n'
        'because = "Said."\nwould_change = "Nothing."\n',
        "utf-8",
    )
    claims, reports = [claim("a", "Monitor", "enter")], {"a": report("a")}
    origins = trace_origins(reports.values())
    linked = link(claims, reports, origins, theatre())
    (verdict,) = grade(linked, claims, reports, origins, theatre(), rules=load_rules(path)).values()
    assert (verdict.grade, verdict.rule_set, verdict.rule_version, verdict.admiralty_item) == (
        "weak",
        "own-1",
        "3",
        "4",
    )


def test_parts_of_a_score_lie_between_nothing_and_one_and_say_what_they_are() -> None:
    for outcomes in load_likeness().values():
        assert all(0 < part.score <= 1 and part.says for part in outcomes.values())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[weather]\n", r"likeness\.toml:1: unknown key 'weather'"),
        ('[place]\nentry = { score = 2, says = "x" }\n', r"likeness\.toml:2: 'score' of 'entry' must be a number"),
        ("[place]\nentry = { score = 1 }\n", r"likeness\.toml:2: 'says' must be a non-empty string"),
        ("[place]\nelsewhere = { score = 1 }\n", r"likeness\.toml:2: unknown key 'elsewhere'"),
        ("", r"likeness\.toml:1: 'score' of 'entry' must be a number"),
    ],
)
def test_wrong_part_of_a_score_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "likeness.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(DataFileError, match=reason):
        load_likeness(path)


def test_wrong_words_of_corrections_are_refused(tmp_path: Path) -> None:
    assert "corrected" in load_corrections()
    path = tmp_path / "corrections.toml"
    path.write_text('openings = ["erratum", "erratum"]\n', "utf-8")
    with pytest.raises(DataFileError, match=r"corrections\.toml:1: 'erratum' stands twice"):
        load_corrections(path)


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
