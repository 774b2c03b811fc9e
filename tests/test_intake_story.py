"""What a story says about itself above and below its text, and what a report takes from that."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_support import reasons, reports, write
from marsad.intake.story import Story, story
from marsad.records import DatePrecision, Report
from marsad.vocabulary import load_publishers

if TYPE_CHECKING:
    from pathlib import Path

BODY = "Rebels said that they had entered the town.\n\nThe army denied it, and said that the town was safe."
NOON = datetime(2030, 12, 7, 12, tzinfo=UTC)


def told(text: str, title: str = "") -> Story:
    return story(text, load_publishers(), title=title)


def report(tmp_path: Path, text: str, **fields: object) -> Report:
    (found,) = reports(write(tmp_path, "a.jsonl", json.dumps({"text": text, **fields})))
    return found


# Who signed it


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Ada Example", ("Ada Example",)),
        ("BY ADA EXAMPLE", ("ADA EXAMPLE",)),
        ("By Ada Example and Ben Other", ("Ada Example", "Ben Other")),
        ("By Ada Example, Ben Other and Cy van der Third", ("Ada Example", "Ben Other", "Cy van der Third")),
        ("By Ada Example in Exampletown", ("Ada Example",)),
        ("By Ada Example, Chief Correspondent", ("Ada Example",)),
        ("By Ada Example, New York", ("Ada Example",)),
        ("By J. O’Example & Jean-Paul al-Other", ("J. O’Example", "Jean-Paul al-Other")),
        ("By Ada Example | Exampletown | 7 December 2030", ("Ada Example",)),
        ("Par Ada Example", ("Ada Example",)),
        ("Author: Ada Example", ("Ada Example",)),
        ("Автор: Ада Пример", ("Ада Пример",)),
        ("بقلم: أحمد محمد", ("أحمد محمد",)),
        ("By Associated Press", ()),
        ("By our correspondent in Exampletown", ()),
        ("By Staff Writer", ()),
        ("By Example Army Command", ()),
        ("By nightfall the gate was shut", ()),
        ("By Saturday Evening", ()),
        ("By 7 December 2030", ()),
        ("By Ada Example the town was lost.", ()),
        ("Author Ada Example Wounded", ()),
        ("Ada Example and Ben Other", ()),
    ],
)
def test_a_byline_is_a_line_of_names_after_by(line: str, authors: tuple[str, ...]) -> None:
    assert told(f"{line}\n\n{BODY}").authors == authors
    assert told(f"Rebels enter town\n\n{line}\n\n{BODY}").authors == authors


def test_a_byline_within_the_story_is_prose() -> None:
    assert told(f"{BODY}\n\nBy Ada Example\n\n{BODY}\n\n{BODY}").authors == ()


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        (
            "(Reporting by Ada Example in Exampletown and Ben Other; Writing by Cy Third; Editing by Dee Fourth)",
            ("Ada Example", "Ben Other", "Cy Third"),
        ),
        ("Reporting by Ada Example, Ben Other in Exampletown; editing by Cy Third", ("Ada Example", "Ben Other")),
        ("Additional reporting by Ada Example", ("Ada Example",)),
        ("(Reporting by Ada Example in Exampletown Editing by Ben Other)", ("Ada Example",)),
        ("(Reporting by Ada Example; Writing by Ben\nOther; Editing by Cy Third)", ("Ada Example", "Ben Other")),
        ("Edited by: Ada Example", ()),
        ("Reporting by Exampletown Newsroom; Editing by Ada Example", ()),
        ("Reporting by the paper shows Ada Example there", ()),
    ],
)
def test_a_signature_at_the_end_names_who_reported_and_wrote(line: str, authors: tuple[str, ...]) -> None:
    assert told(f"{BODY}\n\n{line}").authors == authors
    assert told(f"{BODY}\n\n{line}").agencies == ()
    assert told(f"{BODY} ({line.strip('()')})").authors == authors


def test_a_signature_in_brackets_stands_before_what_a_page_goes_on_with() -> None:
    rest = "Comments\nWe ask readers to keep to the rules of this page and to be kind to one another, always.\nShare"
    text = f"EXAMPLETOWN (AFP) - {BODY}\n(This story corrects the number)\n(Reporting by Ada Example)\n{rest}"
    assert (told(text).authors, told(text).note) == (("Ada Example",), "This story corrects the number")


def test_a_name_before_a_bar_is_a_byline_only_beside_a_time() -> None:
    assert told(f"Ada Example | Exampletown\nUpdated: 7 Dec 2030 18:05 GMT\n\n{BODY}").authors == ("Ada Example",)
    assert told(f"Ada Example | Exampletown\n\n{BODY}").authors == ()
    assert told(f"Sirius Brigade | Exampletown\n7 December 2030\n\n{BODY}").authors == ()


# Agencies and datelines


@pytest.mark.parametrize(
    ("text", "agencies", "places"),
    [
        (f"By Ada Example\n\nEXAMPLETOWN, Dec 7 (Wirenews) - {BODY}", ("Wirenews",), ("EXAMPLETOWN",)),
        (f"Rebels enter town\nBy Ada Example\n\nEXAMPLETOWN (AP) — {BODY}", ("AP",), ("EXAMPLETOWN",)),
        (f"EXAMPLETOWN (AFP)\n\n{BODY}", ("AFP",), ("EXAMPLETOWN",)),
        (f"EXAMPLETOWN (OTAN)\n\n{BODY}", (), ()),
        (f"APP – UrduPoint\n\n{BODY}", ("APP", "UrduPoint"), ()),
        (f"Exampletown, Dec 7 (IANS) {BODY}", ("IANS",), ("Exampletown",)),
        (f"GENEVA/BEIRUT, Dec 7 (Agencies) - {BODY}", (), ("GENEVA", "BEIRUT")),
        (f"(Exampletown) – {BODY}", (), ("Exampletown",)),
        (f"(Exampletown, December 7, 2030) – {BODY}", (), ("Exampletown",)),
        (f"(Reuters) - {BODY}", ("Reuters",), ()),
        (f"EXAMPLETOWN (Wirenews) -{BODY}", ("Wirenews",), ("EXAMPLETOWN",)),
        (f"Exampletown (Reuters) {BODY}", ("Reuters",), ("Exampletown",)),
        (f"{BODY}\n[Reuters]", ("Reuters",), ()),
        (f"EXAMPLETOWN (Exampleland), Dec 7 (Wirenews) - {BODY}", ("Wirenews",), ("EXAMPLETOWN", "Exampleland")),
        (f"By AFP\n\n{BODY}", ("AFP",), ()),
        (f"By AFP and EN Staff\n\n{BODY}", ("AFP",), ()),
        (f"By Ada Example, Associated Press\n\n{BODY}", ("Associated Press",), ()),
        (f"{BODY} (AFP)\n\nUpdated: 7 Dec 2030 18:05 GMT", ("AFP",), ()),
        (f"{BODY}\n— with input from Reuters", ("Reuters",), ()),
        (f"{BODY}\n\n© 2030 AFP. All rights reserved.", ("AFP",), ()),
        (f"{BODY}\n\n© 2030 Example Media Limited", (), ()),
    ],
)
def test_agencies_are_found_around_other_lines(text: str, agencies: tuple[str, ...], places: tuple[str, ...]) -> None:
    found = told(text)
    assert found.agencies == agencies
    assert (found.dateline.places if found.dateline else ()) == places
    if found.dateline and found.dateline.places:
        assert text[found.dateline.end :] == BODY


# Times


@pytest.mark.parametrize(
    ("head", "published", "updated"),
    [
        ("Published: 7 Dec 2030 10:00 GMT | Updated: 7 Dec 2030 18:05 GMT", (7, 10, 0), (7, 18, 5)),
        ("Published 10:00 GMT, Dec. 7, 2030 / Updated 18:05 GMT", (7, 10, 0), (7, 18, 5)),
        ("Published: 7 December 2030 10:00 GMT\nLast updated: 8 December 2030 01:00 GMT", (7, 10, 0), (8, 1, 0)),
        ("Publié le 7 décembre 2030 à 11h00 (heure de Paris)", (7, 10, 0), None),
        ("Опубликовано: 7 декабря 2030 г., 13:00 мск", (7, 10, 0), None),
        ("نشر في: ٧ ديسمبر ٢٠٣٠ ١٠:٠٠ بتوقيت غرينتش", (7, 10, 0), None),
        ("7 December 2030 10:00 GMT", (7, 10, 0), None),
        ("Published: 7 Dec 2030 10:00 GMT | Updated: 7 Dec 2030 09:00 GMT", (7, 10, 0), None),
        ("Published: 7 Dec 2030 10:00 GMT | Updated: 7 Dec 2030", (7, 10, 0), None),
        ("Published: 7 Dec 2030 10:00 GMT | Updated 2 hours ago", (7, 10, 0), None),
        ("Last updated 2 hours ago", None, None),
        ("Published 10:00 / Updated 18:05", None, None),
        ("Published: 07/12/2030", None, None),
        ("Updated map of the front", None, None),
    ],
)
def test_a_story_tells_when_it_was_published_and_changed(
    head: str, published: tuple[int, int, int] | None, updated: tuple[int, int, int] | None
) -> None:
    found = told(f"{head}\n\n{BODY}")
    wanted = [datetime(2030, 12, *one, tzinfo=UTC) if one else None for one in (published, updated)]
    assert [found.published and found.published[0], found.updated and found.updated[0]] == wanted


def test_a_day_alone_on_its_line_dates_a_story_but_not_a_log() -> None:
    assert told(f"7 December 2030\n\n{BODY}").published == (NOON, DatePrecision.DAY)
    assert told(f"Office of the Spokesman | Saturday 7 December 2030\n\n{BODY}").published == (NOON, DatePrecision.DAY)
    assert told(f"News\n7 December 2030\nRebels enter town\n\n{BODY}").published is None
    assert told(f"By Ada Example\n7 December 2030\n\n{BODY}").published == (NOON, DatePrecision.DAY)
    assert told(f"News\n7 December 2030 12:00 GMT\nRebels enter town\n\n{BODY}").published is not None
    assert told(f"7 December 2030\n\n{BODY}\n\n8 December 2030\n\n{BODY}").published is None


# Corrections and embargoes


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("(Corrects spelling in paragraph 3)", "Corrects spelling in paragraph 3"),
        ("(Updates with army's denial, adds quotes.)", "Updates with army's denial, adds quotes."),
        ("CORRECTION: An earlier version misspelled it.", "CORRECTION: An earlier version misspelled it."),
        ("An earlier version of this story misspelled it.", "An earlier version of this story misspelled it."),
        ("*This story has been corrected to say 5.*", "This story has been corrected to say 5."),
        ("EDITOR’S NOTE: The number has changed.", "EDITOR’S NOTE: The number has changed."),
        ("KILL: Please disregard the story on the town", "KILL: Please disregard the story on the town"),
        ("Note: we do not count soldiers.", None),
        ("(The army denied it.)", None),
        ("The ministry updates its toll daily.", None),
    ],
)
def test_a_note_says_what_was_changed(line: str, note: str | None) -> None:
    assert told(f"{line}\n\n{BODY}").note == note
    assert told(f"{BODY}\n\n{line}").note == note


@pytest.mark.parametrize(
    ("title", "note"), [("UPDATE 2-Rebels enter town", "UPDATE 2"), ("Update - Rebels enter town", None)]
)
def test_a_tag_before_the_title_is_a_note(title: str, note: str | None) -> None:
    assert told(BODY, title).note == note
    assert told(f"{title}\n\n{BODY}").note == note


def test_a_note_can_tell_when() -> None:
    text = f"{BODY}\n\nThis article was amended on 8 December 2030 at 10:00 GMT to give the right number."
    found = told(text)
    assert found.updated == (datetime(2030, 12, 8, 10, tzinfo=UTC), DatePrecision.PART_OF_DAY)


def test_an_embargo_in_the_text_holds_as_one_in_a_field_does(tmp_path: Path) -> None:
    text = f"EMBARGOED UNTIL 0600 GMT, 5 May 2031\n\n{BODY}"  # the tests' clock stands at noon of 4 May
    assert reasons(write(tmp_path, "a.txt", text)) == ["under embargo until 2031-05-05T06:00:00+00:00"]
    past = text.replace("5 May", "4 May")
    assert [one.text for one in reports(write(tmp_path, "b.txt", past))] == [past]


# What a report takes from it


def test_what_a_row_says_goes_before_what_its_text_says(tmp_path: Path) -> None:
    text = f"By Ada Example\nPublished: 2 May 2031 10:00 GMT | Updated: 2 May 2031 18:00 GMT\n\n{BODY} (AFP)"
    bare = report(tmp_path, text)
    assert (bare.authors, bare.agencies) == (("Ada Example",), ("AFP",))
    assert (bare.published, bare.updated) == (
        datetime(2031, 5, 2, 10, tzinfo=UTC),
        datetime(2031, 5, 2, 18, tzinfo=UTC),
    )
    given = {
        "authors": ["Cy Third"],
        "agencies": ["dpa"],
        "published": "2031-05-01",
        "updated": "2031-05-03T00:00Z",
        "note": "n",
    }
    full = report(tmp_path, text, **given)
    assert (full.authors, full.agencies, full.note) == (("Cy Third",), ("dpa",), "n")
    assert (full.published, full.published_precision) == (datetime(2031, 5, 1, 12, tzinfo=UTC), DatePrecision.DAY)
    assert full.updated == datetime(2031, 5, 3, tzinfo=UTC)
    assert full.text == text


def test_times_of_the_future_in_a_text_say_nothing(tmp_path: Path) -> None:
    found = report(tmp_path, f"Published: 2 May 2041 10:00 GMT | Updated: 2 May 2041 18:00 GMT\n\n{BODY}")
    assert (found.published, found.updated) == (None, None)


def test_a_text_that_says_when_it_was_changed_is_a_later_version(tmp_path: Path) -> None:
    rows = [{"id": "1", "text": BODY}, {"id": "1", "text": f"Updated: 2 May 2031 18:00 GMT\n\n{BODY}"}]
    path = write(tmp_path, "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert [one.updated is not None for one in reports(path)] == [False, True]


@pytest.mark.parametrize(
    "text",
    [
        " " * 1_000_000 + "x",
        "x\n" * 500_000,
        "By A B\n" * 200_000,
        "Reporting by " * 100_000,
        "By " + "Ada and " * 200_000,
        "7 December 2030\n" * 100_000,
        "Updated " * 200_000,
        "([" * 500_000,
        "EXAMPLE, " * 100_000,
    ],
    ids=lambda text: text[:10],
)
def test_endless_lines_are_read_at_once(text: str) -> None:
    began = time.process_time()
    told(text)
    assert time.process_time() - began < 2


LINES = st.sampled_from(
    [
        "By Ada Example",
        "Updated: 7 Dec 2030 18:05 GMT",
        "(Corrects name)",
        "KYIV (AFP) - Troops left.",
        "Troops left.",
        "",
    ]
)


@given(st.lists(st.one_of(LINES, st.text(max_size=30)), max_size=12).map("\n".join))
def test_any_text_tells_of_spans_within_it(text: str) -> None:
    found = told(text)
    if found.dateline:
        assert 0 <= found.dateline.start <= found.dateline.end <= len(text)
    assert all(name in " ".join(text.split()) for name in found.authors)
