"""Scores of saved pages: each measure can be full, and falls with what it measures and with nothing else."""

from __future__ import annotations

import hashlib
import html
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from marsad.errors import InputError
from marsad.evaluation import SavedPages, breaches, raise_floors, score_pages
from marsad.records import DatePrecision, Report

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from marsad.evaluation import PageScores

PAGES = Path(__file__).parents[1] / "corpus" / "pages"
STORY = {
    "title": "Bridge at Tarmuna closed",
    "text": "Soldiers closed the bridge at Tarmuna on Monday.\n\nNobody may pass, a driver said.",
    "published": "2022-06-06T23:30:00-05:00",
    "updated": "2022-06-07T09:00:00-05:00",
    "authors": ["Hana Oyelaran", "Rey Abanto"],
    "publisher": "Pelham News Agency",
    "language": "en",
}
ENTRIES = [
    {**STORY, "title": None, "text": "Two boats arrive in Pambane.", "published": "2022-08-06T21:10:00+02:00"},
    {
        **STORY,
        "title": None,
        "text": "The ministry says nothing of Quitemba.",
        "published": "2022-08-06T19:45:00+02:00",
    },
]


def folder(root: Path, **pages: list[dict[str, Any]]) -> Path:
    """Make a folder of pages, each of which holds the reports given."""
    rows = [{"file": f"{name}.html", "retrieved": "2022-09-01T00:00:00Z", "reports": of} for name, of in pages.items()]
    for row in rows:
        (root / str(row["file"])).write_text("<html></html>")
    (root / "pages.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return root


def taken(row: Mapping[str, Any]) -> Report:
    """Return a report that says all that the gold says."""
    published = datetime.fromisoformat(row["published"]).astimezone(UTC)
    return Report(
        id="r",
        kind="unknown",
        title=row["title"] or "",
        text=row["text"],
        sha256=hashlib.sha256(row["text"].encode()).hexdigest(),
        publisher=row["publisher"],
        published=published,
        published_precision=DatePrecision.PART_OF_DAY,
        updated=datetime.fromisoformat(row["updated"]),
        authors=tuple(row["authors"]),
        language=row["language"],
    )


def scored(root: Path, gold: list[dict[str, Any]], found: Sequence[Report]) -> PageScores:
    return SavedPages.open(folder(root, one=gold)).score({"one.html": found})


def failed(scores: PageScores) -> set[str]:
    return {fault.what for fault in scores.faults}


def test_what_the_gold_says_has_full_marks(tmp_path: Path) -> None:
    pages = SavedPages.open(folder(tmp_path, story=[STORY], blog=ENTRIES, front=[]))
    scores = pages.score({"story.html": [taken(STORY)], "blog.html": [taken(row) for row in ENTRIES]})
    assert scores.faults == ()
    assert set(scores.pinned.values()) == {1.0}


def test_nothing_taken_has_none_of_the_marks_but_for_empty_pages(tmp_path: Path) -> None:
    scores = SavedPages.open(folder(tmp_path, story=[STORY], blog=ENTRIES, front=[])).score({})
    assert {name for name, value in scores.pinned.items() if value} == {"no report"}


def test_report_from_an_empty_page_is_a_fault_and_costs_no_words(tmp_path: Path) -> None:
    pages = SavedPages.open(folder(tmp_path, story=[STORY], front=[]))
    scores = pages.score({"story.html": [taken(STORY)], "front.html": [taken(STORY)]})
    assert (scores.empty.ratio, scores.words.f1) == (0.0, 1.0)
    assert failed(scores) == {"no report"}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"title": "Bridge at Tarmuna closed | Pelham"}, "title"),
        ({"authors": ("Hana Oyelaran",)}, "authors"),
        ({"publisher": "Halvard Press"}, "publisher"),
        ({"publisher": None}, "publisher"),
        ({"language": "ar"}, "language"),
        ({"updated": datetime(2022, 6, 7, tzinfo=UTC)}, "updated"),
        ({"updated": None}, "updated"),
        ({"published": datetime(2022, 6, 7, 4, 50, tzinfo=UTC)}, "instant"),
        ({"published_precision": DatePrecision.DAY}, "instant"),
    ],
)
def test_each_field_fails_alone(change: dict[str, Any], fault: str, tmp_path: Path) -> None:
    assert failed(scored(tmp_path, [STORY], [replace(taken(STORY), **change)])) == {fault}


@pytest.mark.parametrize(
    "change",
    [
        {"title": " Bridge at\n Tarmuna closed"},
        {"authors": ("REY ABANTO", "Hana Oyelaran")},
        {"publisher": "Pelham"},
        {"language": "en-GB"},
    ],
)
def test_other_spellings_of_the_same_are_right(change: dict[str, Any], tmp_path: Path) -> None:
    assert failed(scored(tmp_path, [STORY], [replace(taken(STORY), **change)])) == set()


def test_day_is_that_of_the_zone_of_the_page(tmp_path: Path) -> None:
    noon = {"published": datetime(2022, 6, 6, 12, tzinfo=UTC), "published_precision": DatePrecision.DAY}
    assert failed(scored(tmp_path, [STORY], [replace(taken(STORY), **noon)])) == {"instant"}
    later = {"published": datetime(2022, 6, 9, 4, 30, tzinfo=UTC)}
    assert failed(scored(tmp_path, [STORY], [replace(taken(STORY), **later)])) == {"day", "instant"}


def test_made_up_date_of_an_undated_page_is_a_fault(tmp_path: Path) -> None:
    undated = {**STORY, "published": None}
    assert failed(scored(tmp_path, [undated], [taken(STORY)])) == {"day"}
    assert failed(scored(tmp_path, [undated], [replace(taken(STORY), published=None)])) == set()


def test_what_neither_side_tells_is_not_asked(tmp_path: Path) -> None:
    plain = {**STORY, "updated": None, "authors": []}
    told = taken(STORY)
    silent = replace(told, updated=None, authors=())
    assert failed(scored(tmp_path, [plain], [told])) == {"updated", "authors"}
    scores = scored(tmp_path, [plain], [silent])
    assert (failed(scores), scores.fields["updated"].asked, scores.fields["authors"].asked) == (set(), 0, 0)


def test_words_count_as_often_as_they_stand_there(tmp_path: Path) -> None:
    twice = replace(taken(STORY), text=f"{STORY['text']}\n\n{STORY['text']}")
    scores = scored(tmp_path, [STORY], [twice])
    assert (scores.words.precision, scores.words.recall) == (0.5, 1.0)
    assert (scores.paragraphs.precision, scores.paragraphs.recall) == (0.5, 1.0)


def test_paragraphs_run_together_are_no_paragraphs(tmp_path: Path) -> None:
    joined = replace(taken(STORY), text=str(STORY["text"]).replace("\n\n", " "))
    scores = scored(tmp_path, [STORY], [joined])
    assert (scores.words.f1, scores.paragraphs.f1) == (1.0, 0.0)


def test_entry_needs_its_own_time(tmp_path: Path) -> None:
    first, second = map(taken, ENTRIES)
    swapped = [replace(first, published=second.published), replace(second, published=first.published)]
    assert scored(tmp_path, ENTRIES, swapped).entries.hits == 0
    scores = scored(tmp_path, ENTRIES, [taken(ENTRIES[1]), swapped[0]])
    assert (scores.entries.hits, scores.entries.gold, scores.entries.predicted) == (1, 2, 2)
    assert failed(scores) == {"entry 1"}


def test_page_taken_as_one_report_has_no_entries(tmp_path: Path) -> None:
    whole = replace(taken(ENTRIES[0]), text="\n\n".join(str(row["text"]) for row in ENTRIES))
    scores = scored(tmp_path, ENTRIES, [whole])
    assert scores.words.f1 == 1.0
    assert scores.entries.hits <= 1


def test_floors_hold_what_was_reached(tmp_path: Path) -> None:
    pages = SavedPages.open(folder(tmp_path, story=[STORY], blog=ENTRIES, front=[]))
    found = {"story.html": [taken(STORY)], "blog.html": [taken(row) for row in ENTRIES]}
    floors = tmp_path / "floors.json"
    raise_floors(floors, pages.digest, pages.score(found))
    assert breaches(floors, pages.digest, pages.score(found)) == ()
    lines = breaches(floors, pages.digest, pages.score({"story.html": [replace(taken(STORY), title="Another")]}))
    assert {line.split(" fell")[0] for line in lines} == {
        "words",
        "words, mean of pages",
        "paragraphs",
        "entries",
        "title",
    }


def test_changed_page_is_another_corpus(tmp_path: Path) -> None:
    root = folder(tmp_path, story=[STORY])
    before = SavedPages.open(root).digest
    (root / "story.html").write_text("<html><body></body></html>")
    assert SavedPages.open(root).digest != before


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"file": "one.html"}', '{"file": "one.html", "retrieved": "yesterday", "reports": []}'],
)
def test_wrong_gold_is_told_with_its_line(line: str, tmp_path: Path) -> None:
    (tmp_path / "pages.jsonl").write_text(f"{line}\n")
    with pytest.raises(InputError, match=r"pages\.jsonl:1: not an annotated page"):
        score_pages(tmp_path)


def test_gold_of_a_page_that_is_not_there_is_refused(tmp_path: Path) -> None:
    root = folder(tmp_path, story=[STORY])
    (root / "story.html").unlink()
    with pytest.raises(InputError, match=r"no page 'story\.html'"):
        score_pages(root)


# The corpus of the project


def test_every_page_is_annotated_once() -> None:
    files = [page.file for page in SavedPages.open(PAGES).pages]
    assert sorted(files) == sorted(path.name for path in PAGES.glob("*.html"))


def source(path: Path) -> str:
    """Return the source of a page, its escapes undone: UTF-8 if it is that, else in the encoding that it names."""
    data = path.read_bytes()
    named = re.search(rb"charset=[\"']?([\w-]+)", data)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode(named[1].decode() if named else "utf-8", "replace")
    text = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)
    return html.unescape(text).replace("\\n", " ")


def test_every_word_of_the_gold_stands_in_its_page() -> None:
    for page in SavedPages.open(PAGES).pages:
        words = set(re.findall(r"\w+", source(PAGES / page.file).casefold()))
        for report in page.reports:
            told = set(re.findall(r"\w+", f"{report.title or ''} {report.text}".casefold()))
            assert told <= words, (page.file, told - words)


def test_pages_were_saved_after_what_they_tell() -> None:
    for page in SavedPages.open(PAGES).pages:
        for report in page.reports:
            for when in (report.published, report.updated):
                assert when is None or when.isoformat()[:10] <= page.retrieved.isoformat()[:10], page.file


def test_pages_are_small_enough_to_keep() -> None:
    sizes = [path.stat().st_size for path in PAGES.iterdir()]
    assert sum(sizes) < 3_000_000
