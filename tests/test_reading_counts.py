from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from marsad.errors import DataFileError
from marsad.reading._count_words import load_count_words
from marsad.reading.counts import NumberMention, counts_for, find_counts
from marsad.reading.numerals import NUMBERS_FILE, SHIPPED, load_numerals
from marsad.records import Count

if TYPE_CHECKING:
    from pathlib import Path

Bounds = tuple[int | None, int | None]


def mentions(text: str) -> tuple[NumberMention, ...]:
    return find_counts(text, 0, len(text))


def counted(text: str) -> dict[str, Bounds]:
    counts = counts_for(text, 0, len(text))
    found = {name: getattr(counts, name) for name in ("killed", "wounded", "detained", "displaced")}
    return {name: (count.low, count.high) for name, count in found.items() if count}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("twenty-two", 22),
        ("a dozen", 12),
        ("half a million", 500_000),
        ("three hundred and five", 305),
        ("two hundred thousand", 200_000),
        ("1.5 million", 1_500_000),
        ("12,400", 12_400),
        ("2.5", None),
    ],
)
def test_numbers_are_read_as_written(written: str, value: int | None) -> None:
    assert load_numerals().value(written) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A missile killed 14 people in Kharkiv and wounded 31.", {"killed": (14, 14), "wounded": (31, 31)}),
        ("The raid on El Fasher killed at least 18 villagers.", {"killed": (18, None)}),
        ("Doctors in Gaza counted 63 dead.", {"killed": (63, 63)}),
        ("In Tigray 410 people have died, it said.", {"killed": (410, 410)}),
        (
            "Eight miners were killed near Goma and 15 were hurt.",
            {"killed": (8, 8), "wounded": (15, 15)},
        ),
        ("The landing left 340 people dead.", {"killed": (340, 340)}),
        ("The blast cost 28 lives and left 90 injured.", {"killed": (28, 28), "wounded": (90, 90)}),
        ("Thirty-one of its men were killed and 54 wounded.", {"killed": (31, 31), "wounded": (54, 54)}),
        ("Nine marines were led away as prisoners.", {"detained": (9, 9)}),
        ("Four guards fell and seven others taken captive.", {"detained": (7, 7)}),
        ("Some 20,000 families, or around 70,000 people, were displaced.", {"displaced": (70_000, 70_000)}),
        ("Half a million people fled the Donbas.", {"displaced": (500_000, 500_000)}),
        ("Between 300,000 and half a million people were displaced.", {"displaced": (300_000, 500_000)}),
        ("The army says more than 45 rebels were killed.", {"killed": (45, None)}),
        ("Up to 60 pilgrims were kidnapped.", {"detained": (None, 60)}),
        ("Nearly 300 conscripts were wounded.", {"wounded": (300, 300)}),
        ("Two or three drivers were hurt.", {"wounded": (2, 3)}),
        ("5-7 farmers died at the crossing.", {"killed": (5, 7)}),
        ("A girl was killed and three people hurt.", {"killed": (1, 1), "wounded": (3, 3)}),
        ("The shelling killed a police officer.", {"killed": (1, 1)}),
        ("A married couple was killed in Stepanakert.", {"killed": (2, 2)}),
        ("All six were shot dead.", {"killed": (6, 6)}),
        ("The death toll has risen to 120.", {"killed": (120, 120)}),
        ("The toll rose from 12 to 15.", {"killed": (15, 15)}),
        ("Deaths since the rising of 7 May 2021 now number 40.", {"killed": (40, 40)}),
        ("A reporter who had covered the war for years, died near Stepanakert.", {"killed": (1, 1)}),
        ("They mourned the deaths of 33 students.", {"killed": (33, 33)}),
        ("Killed: 4. Wounded: 11.", {"killed": (4, 4), "wounded": (11, 11)}),
        ("Police reported the arrest of 14 activists.", {"detained": (14, 14)}),
        ("Drones killed 40 Palestinians.", {"killed": (40, 40)}),
        ("The raid killed nine soldiers, two nurses and a child.", {"killed": (12, 12)}),
        ("Six soldiers and two civilians were killed.", {"killed": (8, 8)}),
        ("The shelling forced 9,000 people to flee.", {"displaced": (9_000, 9_000)}),
        ("More than 30 officers, a general among them, had been killed.", {"killed": (30, None)}),
        ("Some 700 men of the Front and its allies were killed.", {"killed": (700, 700)}),
        ("A captain killed 3 men.", {"killed": (3, 3)}),
    ],
)
def test_clause_gives_its_numbers(text: str, expected: dict[str, Bounds]) -> None:
    assert counted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Dozens were killed and hundreds of residents wounded.",
        "Shells fell 10 kilometres from the soldiers.",
        "Jets flew 26 raids and killed nobody.",
        "The 46th Regiment and the 52nd Brigade were wiped out.",
        "In 2016 soldiers were killed there.",
        "Within 24 hours it burned, 50 percent of it on the M5.",
        "It cost $50 million and three T-72 tanks.",
        "They captured 21 villages and a rebel base.",
        "A driver of 36 was killed with the mayor, Petro Bondar, 51, aged 51.",
        "More than 3,500 inmates had been freed.",
        "At 14:25 the guards fled.",
        "A student dormitory was hit and 12 police stations burned.",
        "Twenty soldiers were killed or wounded.",
        "They killed or wounded 40 soldiers.",
        "The 12 people were not killed.",
        "The doctors saved 25 lives.",
        "Three soldiers had killed their commander.",
    ],
)
def test_what_is_no_number_of_harmed_people_is_left_out(text: str) -> None:
    assert counted(text) == {}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The raid killed 30 people, nine of them women.", [(30, False), (9, True)]),
        ("The blast killed 30 people, including four nurses and a child.", [(30, False), (4, True), (1, True)]),
        ("It put the toll at 90: 60 rebels and 30 soldiers.", [(90, False), (60, True), (30, True)]),
        (
            "Of 80 dead it spoke, of whom 50 belonged to the militia and 30 to the army.",
            [(80, False), (50, True), (30, True)],
        ),
    ],
)
def test_parts_of_a_total_are_marked_and_not_added(text: str, parts: list[tuple[int, bool]]) -> None:
    found = mentions(text)
    assert [(one.low, one.of_which) for one in found] == parts
    assert {one.what for one in found} == {"killed"}
    assert counts_for(text, 0, len(text)).killed == Count(parts[0][0], parts[0][0])


def test_clause_that_holds_only_a_part_gives_that_part() -> None:
    text = "The raid killed 30 people, nine of them women."
    assert counts_for(text, text.index("nine"), len(text)).killed == Count(9, 9)


def test_words_outside_the_clause_still_say_what_befell() -> None:
    text = "The toll reached 90: 60 rebels and 30 soldiers."
    start = text.index("30")
    assert counts_for(text, start, start + len("30 soldiers")).killed == Count(30, 30)


def test_words_of_another_paragraph_say_nothing() -> None:
    text = "Among the killed were\n12 people"
    assert [one.what for one in mentions(text)] == [None]


def test_following_numbers_that_start_a_new_clause_inherit_nothing() -> None:
    found = mentions("The ambush killed 12 soldiers and 300 fighters attacked the base.")
    assert [(one.low, one.what) for one in found] == [(12, "killed"), (300, None)]


def test_mention_spans_bounds_and_noun() -> None:
    text = "In Sanaa at least 16 young recruits died."
    (one,) = mentions(text)
    assert text[one.start : one.end] == "at least 16 young recruits"
    assert (one.noun, one.low, one.high) == ("recruits", 16, None)


def test_number_of_people_without_harm_is_kept_for_the_caller() -> None:
    (one,) = mentions("About 4,000 soldiers crossed into Chad.")
    assert (one.low, one.high, one.what) == (4_000, 4_000, None)


def test_date_is_never_a_count() -> None:
    assert [one.low for one in mentions("On 5 May 12 people were killed.")] == [12]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("one = 1", 'one = "1"', "positive whole number"),
        ("[harm.detained]", "[harm.taken]", "unknown key 'taken'"),
        ('range_starts = ["between"]', "", "is missing"),
        ('"couple" = 2', '"couple" = 0', "positive whole number"),
    ],
)
def test_wrong_word_file_is_refused_with_its_line(tmp_path: Path, old: str, new: str, reason: str) -> None:
    text = (SHIPPED / "en" / NUMBERS_FILE).read_text("utf-8")
    assert old in text
    path = tmp_path / "en" / NUMBERS_FILE
    path.parent.mkdir()
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DataFileError, match=rf"numbers\.toml:\d+: .*{reason}"):
        (load_numerals if old == "one = 1" else load_count_words)(folder=tmp_path)
