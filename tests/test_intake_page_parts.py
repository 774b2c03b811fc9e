"""The parts of a page: its story among other things, the names and times beside the headline, and pages without any."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from intake_support import reasons, reports, write

if TYPE_CHECKING:
    from pathlib import Path

    from marsad.records import Report

FIRST = "The council of Kesra said on Sunday that rebels had entered the town from the east."
SECOND = "The army denied this and said that its men were holding the bridge and the mill."
THIRD = "Nobody could be reached in the villages on the other bank of the river at night."
STORY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
WHOLE = "\n\n".join((FIRST, SECOND, THIRD))
OTHER = "Farmers in another province have begun to bring in a harvest that is poor this year."


def read(folder: Path, body: str, title: str = "Rebels enter Kesra", head: str = "") -> list[Report]:
    page = f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return reports(write(folder, "a.html", page))


def one(folder: Path, body: str, title: str = "Rebels enter Kesra", head: str = "") -> Report:
    (report,) = read(folder, body, title, head)
    return report


@pytest.mark.parametrize(
    "around",
    [
        "<h1>Rebels enter Kesra</h1><div>{}</div>" + f"<div><a><h3>Harvest</h3><p>{OTHER}</p></a></div>" * 4,
        "<h1>Rebels enter Kesra</h1><div>{}</div>" + f"<div class=c><h3>Harvest</h3><p>{OTHER}</p></div>" * 4,
        "<h1>Rebels enter Kesra</h1><div>{}</div><div>" + "<p>Harvest begins in the south</p>" * 5 + "</div>",
        f"<div><h3>Harvest</h3><p>{OTHER}</p><p>{OTHER}</p></div><h1>Rebels enter Kesra</h1><div>{{}}</div>",
        "<h1>Rebels enter Kesra</h1><div class='related social comments'>{}</div><div class=x>"
        + f"<p>{OTHER}</p>" * 2
        + "</div>",
        f"<div role=dialog><p>{OTHER}</p></div><div aria-hidden=true><h1>Rebels enter Kesra</h1>{{}}</div>",
        "<h1>Rebels enter Kesra</h1><table><tr><td>" + "{}</td></tr></table>",
    ],
)
def test_the_story_stands_out_whatever_its_surroundings(tmp_path: Path, around: str) -> None:
    body = STORY if "comments" not in around else STORY + f"<p>{SECOND} {THIRD} {SECOND} {THIRD}</p>"
    found = one(tmp_path, around.format(body)).text
    assert found.startswith(WHOLE)
    assert OTHER not in found
    assert "Harvest" not in found


def test_text_behind_the_end_of_a_body_belongs_to_it(tmp_path: Path) -> None:
    body = f"<h1>Rebels enter Kesra</h1><div><p>{FIRST}</p></body></html><p>{SECOND}<p>{THIRD}</div>"
    assert one(tmp_path, body).text == WHOLE


def test_rows_of_a_layout_are_one_story(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>{words * 4}</td></tr>" for words in (FIRST, SECOND, THIRD))
    assert len(one(tmp_path, f"<h1>Rebels enter Kesra</h1><table>{rows}</table>").text.split("\n\n")) == 3


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Rebels enter Kesra - Kesra Herald", "<h1>Rebels enter Kesra</h1>"),
        ("Kesra Herald: Rebels enter Kesra", "<h1><a href=/>Kesra Herald</a></h1><h2>Rebels enter Kesra</h2>"),
        ("Kesra Herald :: Rebels enter Kesra", "<div>Kesra Herald</div><h2>Rebels enter Kesra</h2>"),
        ("Kesra Herald - News details", "<h3>Rebels enter Kesra</h3>"),
        ("Kesra Herald - News", "<div>Kesra Herald</div><div class=t>Rebels enter Kesra</div>"),
        ("Rebels enter Kesra", "<p>© 2031 Kesra Herald. All rights reserved.</p><h1>Rebels enter Kesra</h1>"),
        ("Rebels enter Kesra", "<div class=site-title>Kesra Herald</div><h1>Rebels enter Kesra</h1>"),
        ("Rebels enter Kesra", "<a href=/><span>Kesra Herald</span></a><h1>Rebels enter Kesra</h1>"),
    ],
)
def test_headline_and_site_are_told_apart(tmp_path: Path, title: str, body: str) -> None:
    found = one(tmp_path, f"{body}<div>{STORY}</div>", title)
    assert (found.title, found.publisher) == ("Rebels enter Kesra", "Kesra Herald")


@pytest.mark.parametrize(
    "line",
    [
        "By Ada Example, Kesra · May 3, 2031, 9:15 p.m. (UTC+2)",
        "Saturday, 3 May 2031 21:15 (+02:00) by Ada Example",
        "Posted May 3rd, 2031 at 19:15 GMT by Ada Example",
        "<span>Ada Example</span><span>03.05.2031 21:15 (UTC+2)</span>",
        "Published: 3 May 2031, 21:15 (UTC+2) | By Ada Example",
        "Sábado, 3 de maio de 2031 às 21h15 (UTC+2), por Ada Example",
        "<b>Ada Example</b> | ٣ أيار/مايو 2031 21:15 (UTC+2)",
    ],
)
def test_the_lines_of_a_headline_tell_who_and_when(tmp_path: Path, line: str) -> None:
    found = one(tmp_path, f"<h1>Rebels enter Kesra</h1><div>{line}</div><div>{STORY}</div>")
    assert found.published == datetime(2031, 5, 3, 19, 15, tzinfo=UTC)
    assert found.authors == ("Ada Example",)
    assert found.text == WHOLE


def test_an_account_is_no_author_and_several_are_parted(tmp_path: Path) -> None:
    body = f"<h1>Rebels enter Kesra</h1><p class=byline>Ada Example</p><div>{STORY}</div>"
    assert one(tmp_path, body, head="<meta name=author content='Super User'>").authors == ("Ada Example",)
    several = "<meta name=author content='Ada Example and Ben Other'>"
    assert one(tmp_path, body, head=several).authors == ("Ada Example", "Ben Other")


def test_other_dates_of_the_page_tell_which_number_is_the_day(tmp_path: Path) -> None:
    body = f"<h1>Rebels enter Kesra</h1><p>05/04/2031</p><div>{STORY}</div><p>04/30/2031 Harvest</p>"
    assert times([one(tmp_path, body)]) == ["2031-05-04T12:00+00:00"]


def test_the_language_is_told_by_words_where_the_page_is_silent(tmp_path: Path) -> None:
    assert one(tmp_path, f"<h1>Rebels enter Kesra</h1><div>{STORY}</div>").language == "en"


@pytest.mark.parametrize(
    ("title", "body", "reason"),
    [
        ("Log in", f"<h1>Log in to continue</h1><p>{OTHER}</p>", "behind a login"),
        ("Page not found", f"<h1>404</h1><p>{OTHER}</p><p>{OTHER * 9}</p>", "an error page"),
        (
            "kesra.example",
            "<h1>kesra.example</h1><p>Checking your browser before you go on.</p>",
            "a check of the browser",
        ),
        ("Welcome", f"<h1>Your choice</h1><p>We and our partners use cookies. {OTHER}</p>", "a wall of consent"),
        ("Watch live", "<h1>Watch live</h1><p>Our stream begins at six</p>", "a page without paragraphs"),
    ],
)
def test_a_page_that_holds_no_story_gives_none(tmp_path: Path, title: str, body: str, reason: str) -> None:
    (said,) = reasons(write(tmp_path, "a.html", f"<html><head><title>{title}</title></head><body>{body}"))
    assert reason in said


def entries(clocks: list[str]) -> str:
    return "".join(f"<div class=e><b>{clock}</b><p>{number}. {OTHER}</p></div>" for number, clock in enumerate(clocks))


def times(found: list[Report]) -> list[str]:
    return [item.published.isoformat(timespec="minutes") if item.published else "" for item in found]


def test_clocks_are_of_the_zone_that_the_page_says(tmp_path: Path) -> None:
    head = "<h1>Kesra live</h1><p>3 May 2031. All times are local (UTC+3).</p>"
    found = read(tmp_path, head + entries(["00:40", "23:10", "22:05"]), "Kesra live")
    assert times(found) == ["2031-05-04T00:40+03:00", "2031-05-03T23:10+03:00", "2031-05-03T22:05+03:00"]


def test_headings_of_days_part_entries(tmp_path: Path) -> None:
    head = "<h1>Kesra live</h1><p>All times GMT. Page of 4 May 2031.</p>"
    body = f"<h3>4 May 2031</h3>{entries(['09:10', '08:30'])}<h3>3 May 2031</h3>{entries(['09:20', '08:40'])}"
    found = read(tmp_path, f"{head}<div>{body}</div>", "Kesra live")
    assert [one[:10] for one in times(found)] == ["2031-05-04"] * 2 + ["2031-05-03"] * 2


def test_clocks_on_lines_of_their_own_begin_entries(tmp_path: Path) -> None:
    lines = "".join(
        f"<p><b>{clock}</b></p><p>{number}. {OTHER}</p>" for number, clock in enumerate(["21:40", "23:10", "00:05"])
    )
    found = read(tmp_path, f"<h1>Kesra live</h1><p>3 May 2031, times in GMT</p><div>{lines}</div>", "Kesra live")
    assert times(found) == ["2031-05-03T21:40+00:00", "2031-05-03T23:10+00:00", "2031-05-04T00:05+00:00"]
    assert [item.text[:2] for item in found] == ["0.", "1.", "2."]
