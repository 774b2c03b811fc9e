"""Where sentences begin and end, which lines are headings, and what stands in quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.reading.sentences import cut, quotations

ABBREVIATIONS = frozenset({"gen", "lt", "nov", "u.n", "p.m", "km"})


def sentences(text: str, start: int = 0) -> list[str]:
    return [text[one.start : one.end] for one in cut(text, ABBREVIATIONS, start)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Goma fell. Sake did not.", ["Goma fell.", "Sake did not."]),
        ("Has Goma fallen? Nobody knows!", ["Has Goma fallen?", "Nobody knows!"]),
        ("They waited… Then shells fell.", ["They waited…", "Then shells fell."]),
        ("Lt. Gen. Sow spoke in Mopti. He left.", ["Lt. Gen. Sow spoke in Mopti.", "He left."]),
        ("It came on Nov. 27. It went.", ["It came on Nov. 27.", "It went."]),
        ("The U.N. Mission left. Bamako cheered.", ["The U.N. Mission left.", "Bamako cheered."]),
        ("J. K. Osei spoke. He left.", ["J. K. Osei spoke.", "He left."]),
        ("It flew 3.5 km. Then it fell.", ["It flew 3.5 km. Then it fell."]),
        ("“We took Kidal.” The army left.", ["“We took Kidal.”", "The army left."]),
        ('"We took Kidal." "They fled."', ['"We took Kidal."', '"They fled."']),
        ("He stayed. 23 others left.", ["He stayed.", "23 others left."]),
        ("He stayed. (She left.)", ["He stayed.", "(She left.)"]),
        ("the end. of nothing", ["the end. of nothing"]),
        ("  Goma fell.  \n", ["Goma fell."]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_text_is_cut_at_the_ends_of_its_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_line_break_ends_a_sentence_even_without_a_full_stop() -> None:
    assert sentences("Shells hit Kharkiv\nThe mayor spoke.") == ["Shells hit Kharkiv", "The mayor spoke."]


def test_cutting_starts_where_it_is_told() -> None:
    text = "GOMA, Nov. 27 - Rebels came. They left."
    assert sentences(text, start=text.index("Rebels")) == ["Rebels came.", "They left."]


@pytest.mark.parametrize("mark", ["3. ", "14:05 - ", "14:05 GMT – "])
def test_the_mark_of_an_item_belongs_to_no_sentence(mark: str) -> None:
    assert sentences(f"{mark}Rebels entered Goma.") == ["Rebels entered Goma."]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("Rebels advance on Goma", True),
        ("Rebels advance on Goma.", False),
        ("Has Goma fallen?", False),
        ('"Goma is ours."', False),
        ("Army: Goma is ours", False),
        ("In the night " + "and the next night " * 3 + "shells fell on the town", False),
    ],
)
def test_a_short_line_without_an_end_is_a_heading(line: str, heading: bool) -> None:
    assert [one.heading for one in cut(line, ABBREVIATIONS)] == [heading]


def test_sentences_of_one_line_share_a_paragraph_and_those_of_another_do_not() -> None:
    numbers = [one.paragraph for one in cut("One here. Two here.\n\nThree here.", ABBREVIATIONS)]
    assert numbers[0] == numbers[1]
    assert numbers[1] != numbers[2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we won" and left.', ["we won"]),
        ("He said “we won” and left.", ["we won"]),
        ("He said „we won” and left.", ["we won"]),
        ("Il dit «nous» et part.", ["nous"]),
        ('"One," he said. "Two."', ["One,", "Two."]),
        ('He said "we won and left', ["we won and left"]),
        ('He said "we won\nThey left.', ["we won"]),
        ("“First line\nSecond line", ["First line"]),
        ("It's the army's town.", []),
        ("A stray ” mark.", []),
        ("", []),
    ],
)
def test_quotations_are_what_stands_between_double_marks(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text)] == expected


@given(st.text(max_size=300))
def test_sentences_of_any_text_are_in_order_inside_it_and_trimmed(text: str) -> None:
    last = 0
    for one in cut(text, ABBREVIATIONS):
        assert last <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip()
        last = one.end


@given(st.text(alphabet="ab .\n\"“”«»„'", max_size=80))
def test_quotations_of_any_text_are_in_order_and_never_cross_a_line(text: str) -> None:
    last = 0
    for start, end in quotations(text):
        assert last <= start <= end <= len(text)
        assert "\n" not in text[start:end]
        last = end
