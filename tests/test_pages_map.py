"""The map and the timelines in a browser: days, whose word, towns and their sentences, ways, files to take along."""

from __future__ import annotations

import re
import struct
import tomllib
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

import marsad.outputs
from browser_support import PHONE, Visit, needs_browser, serving, visiting
from marsad.reading import EXTRACTOR
from marsad.records import DatePrecision, Interval
from marsad.roads import Network, Road, save_roads
from marsad.store import Store, theatre_digest
from monitor_support import BAY, QARN, START, TEXTS, THEATRE, claim, filled, reports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

    from marsad.gazetteer import Gazetteer

pytestmark = needs_browser

ARABIC = "تل الورد"
CENTRED_ON_QARN = "at=35,37,9"
VIEWS = ("/map", "/map?place=Qarn&day=2021-03-01", "/map?by=nowcast", "/timeline?place=Qarn", "/timeline")


@pytest.fixture(scope="module")
def war(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented war, four days later: the army is in Bay, and in a village with an Arabic name."""
    path = filled(tmp_path_factory.mktemp("war"))
    army = "Army of Exampleland"
    village = replace(BAY, name=ARABIC, gazetteer_id="x:3", canonical=ARABIC, lat=35.5, lon=38.0)
    add(path, "r6", "The Exampleland Monitor said the army held Bay.", "the army held Bay", place=BAY, agent=army)
    add(path, "r7", f"The Monitor said the army held {ARABIC}.", "the army held", place=village, agent=army)
    return path


def add(war: Path, name: str, text: str, anchor: str, **fields: Any) -> None:
    """Add a report of the fifth day by which somebody holds a place."""
    fifth = date(2021, 3, 5)
    TEXTS[name] = ("Wire One", "wire", 100, text)
    said = claim(
        f"c-{name}", name, anchor, "hold", "Exampleland Monitor",
        interval=Interval(start=fifth, end=fifth, precision=DatePrecision.DAY), **fields,
    )  # fmt: skip
    with Store.open(war) as store:
        store.add(
            reports()[name],
            [said],
            extractor=EXTRACTOR,
            theatre=theatre_digest(THEATRE),
            learnt=START + timedelta(hours=101),
            origin=name,
        )
    del TEXTS[name]


@pytest.fixture(scope="module")
def base(war: Path) -> Iterator[str]:
    with serving(war) as served:
        yield served


@pytest.fixture
def visit(browser: Browser, base: str) -> Iterator[Visit]:
    with reading(browser, base) as begun:
        yield begun


@contextmanager
def reading(browser: Browser, base: str, **options: Any) -> Iterator[Visit]:
    """Begin a visit on a machine without a graphics card, whose driver says that it is slow to copy pictures."""
    with visiting(browser, base, **options) as begun:
        begun.expected.append("GL Driver Message")
        yield begun


def row(page: Page, town: str) -> Locator:
    """Return a town's row of the list beside the map."""
    return page.locator(".town-list tbody tr").filter(has=page.get_by_role("link", name=town, exact=True))


def sign(page: Page, town: str) -> str:
    """Return the sign with which a town is drawn."""
    return row(page, town).locator("img").get_attribute("src") or ""


def told(page: Page) -> str:
    """Return the day and what is told of it, without the signs that set names apart."""
    return re.sub("[\u2068\u2069]", "", page.locator(".day").inner_text())


def slider(page: Page) -> Locator:
    return page.get_by_role("slider", name="Day")


def test_days_are_stepped_through_by_keyboard_and_stand_in_the_address(visit: Visit) -> None:
    page = visit.go("/map")
    assert "5 March 2021" in told(page)
    assert "Exampleland" in row(page, "Bay").inner_text()
    slider(page).focus()
    page.keyboard.press("Home")
    page.locator(".day", has_text="1 March 2021").wait_for()
    assert "1 March 2021" in (slider(page).get_attribute("aria-valuetext") or "")
    assert "Changes: Qarn" in told(page)
    assert "unknown" in row(page, "Bay").inner_text()
    page.wait_for_url("**/map?*day=2021-03-01*")
    for key, day in (("ArrowRight", "2"), ("ArrowRight", "3"), ("ArrowLeft", "2"), ("PageUp", "5"), ("PageDown", "1")):
        page.keyboard.press(key)
        page.locator(".day", has_text=f" {day} March 2021").wait_for()
    page.keyboard.press("End")
    page.wait_for_url(re.compile(r"/map$"))
    assert "5 March 2021" in told(page)


def test_days_play_by_themselves_until_the_last(visit: Visit) -> None:
    page = visit.go("/map?day=2021-03-04")
    page.get_by_role("button", name="Play").click()
    page.locator(".day", has_text="5 March 2021").wait_for()
    page.get_by_role("button", name="Play").wait_for()


def test_by_whose_word_towns_are_coloured_changes_their_signs_and_what_is_said(visit: Visit) -> None:
    page = visit.go("/map?day=2021-03-01")
    agreed = sign(page, "Qarn")
    assert "by one account, not by another" in row(page, "Qarn").inner_text()
    chooser = page.get_by_label("Colour towns")
    chooser.select_option(label="rebels")
    assert "according_to=rebels" in page.url
    assert "Northern Front holds it" in row(page, "Qarn").inner_text()
    rebels = sign(page, "Qarn")
    chooser.select_option(label="government")
    assert "not" in row(page, "Qarn").inner_text()
    assert "nobody says who" in row(page, "Qarn").inner_text()
    assert len({agreed, rebels, sign(page, "Qarn")}) == 3
    page.go_back()
    assert sign(page, "Qarn") == rebels
    page.reload()
    visit.ready()
    assert (sign(page, "Qarn"), chooser.input_value()) == (rebels, "account rebels")


def test_the_nowcast_is_told_as_a_guess_with_its_probability(visit: Visit) -> None:
    page = visit.go("/map")
    page.get_by_label("Colour towns").select_option("nowcast")
    row(page, "Bay").get_by_text("probably").wait_for()
    assert re.search(r"probably\s+.*Army of Exampleland, \d+%", row(page, "Bay").inner_text(), re.DOTALL)
    assert "never a finding" in visit.text()


def test_old_words_are_faded_and_told_with_their_day(visit: Visit) -> None:
    page = visit.go("/map?according_to=rebels&day=2021-03-01")
    fresh = sign(page, "Qarn")
    assert "no word since" not in row(page, "Qarn").inner_text()
    visit.go("/map?according_to=rebels")
    assert "no word since 1 Mar, 4 days" in row(page, "Qarn").inner_text()
    assert sign(page, "Qarn") != fresh
    notice = tomllib.loads((Path(marsad.outputs.__file__).parent / "situation.toml").read_text("utf-8"))
    assert f"no word for {notice['silence']['town_days'][0]} days" in page.locator(".legend").inner_text()


def test_a_town_on_the_map_leads_to_the_sentence_in_its_report(visit: Visit) -> None:
    page = visit.go(f"/map?day=2021-03-01&{CENTRED_ON_QARN}")
    drawn = page.locator("canvas.maplibregl-canvas")
    panel = page.locator(".town-panel")
    for _ in range(20):  # the map is drawn a little after the list
        drawn.click()
        if panel.count():
            break
        page.wait_for_timeout(250)
    assert panel.get_by_role("heading", name="Qarn").is_visible()
    assert page.evaluate("document.activeElement.textContent") == "Qarn"
    assert "place=Qarn" in page.url
    said = panel.locator("li", has=page.get_by_role("link", name="rebels"))
    assert "holds it, by its own word" in said.inner_text()
    said.get_by_role("link", name="“have taken Qarn”").click()
    page.wait_for_url("**/reports/r1*#claim=c-taken")


def test_the_list_reaches_every_town_by_keyboard_and_tells_what_the_map_has_in_sight(visit: Visit) -> None:
    page = visit.go(f"/map?{CENTRED_ON_QARN}")
    page.get_by_text("1 place in sight, of 3 places").wait_for()
    page.get_by_role("button", name="All towns").click()
    page.get_by_text("3 places in sight, of 3 places").wait_for()
    row(page, "Bay").get_by_role("link", name="Bay").focus()
    page.keyboard.press("Enter")
    assert page.locator(".town-panel h2").inner_text() == "Bay"
    page.get_by_role("link", name="Close").click()
    assert page.locator(".town-panel").count() == 0


def test_as_of_an_hour_the_map_knows_only_what_was_published_by_then(visit: Visit) -> None:
    page = visit.go("/map?as_of=2021-03-01T12:00")
    assert row(page, "Qarn").count() == 1
    assert row(page, "Bay").count() == 0
    assert slider(page).get_attribute("max") == "0"


def test_a_map_is_taken_along_as_a_picture_and_printed(visit: Visit) -> None:
    page = visit.go("/map?day=2021-03-01")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as PNG").click()
    assert download.value.suggested_filename == "marsad-2021-03-01.png"
    picture = Path(download.value.path()).read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", picture[16:24])
    frame = page.locator(".map-frame").bounding_box()
    assert frame is not None
    assert abs(width - frame["width"]) <= 3
    assert height > frame["height"] + 80  # above it what it is, below it what its signs mean and whose they are
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    printed = page.locator(".map-print")
    assert (printed.get_attribute("src") or "").startswith("data:image/png")
    assert printed.is_visible()
    assert not slider(page).is_visible()


def test_a_timeline_has_a_lane_for_each_account_a_table_twin_and_a_file_of_its_own(visit: Visit) -> None:
    page = visit.go("/timeline?place=Qarn")
    drawn = page.get_by_role("img", name="who held it, account by account")
    assert drawn.locator(".lane-account").all_text_contents() == ["Exampleland Monitor", "government", "rebels"]
    page.get_by_text("The same as a table").click()
    table = page.locator(".drawing table tbody tr").all_inner_texts()
    assert len(table) == drawn.locator(".piece").count()
    assert any("rebels" in line and "by its own word" in line and "c-taken" in line for line in table)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as SVG").click()
    text = Path(download.value.path()).read_text("utf-8")
    assert ElementTree.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"
    assert "policy: \u2068internal" in text
    assert "var(" not in text
    assert "class=" not in text


def test_statements_on_a_dispute_lead_to_their_sentences(visit: Visit) -> None:
    page = visit.go("/map?place=Qarn")
    page.locator(".town-panel .disputes").get_by_role("link", name="timeline").first.click()
    page.get_by_role("heading", name="Timeline").wait_for()
    visit.ready()
    assert page.locator(".drawing polygon.for").count() >= 1
    assert page.locator(".drawing polygon.against").count() >= 1
    page.get_by_text("The same as a table").click()
    rows = page.locator(".drawing table tbody tr").all_inner_texts()
    assert any("government" in line and "denies it" in line for line in rows)
    page.locator(".drawing polygon.against").first.click()
    page.wait_for_url("**/reports/r2*#claim=c-denied")


def test_on_a_phone_nothing_is_wider_than_the_screen(browser: Browser, base: str) -> None:
    with reading(browser, base, viewport=PHONE) as visit:
        for path in ("/map?place=Qarn", "/timeline?place=Qarn"):
            page = visit.go(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_in_arabic_days_run_from_right_to_left(visit: Visit) -> None:
    page = visit.go("/map?lang=ar&day=2021-03-01")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert ARABIC in page.locator(".town-list").inner_text()
    range_ = page.get_by_role("slider")
    range_.focus()
    page.keyboard.press("ArrowLeft")
    assert "2 مارس 2021" in (range_.get_attribute("aria-valuetext") or "")
    left = page.locator(".days-ends span").first.bounding_box()
    right = page.locator(".days-ends span").last.bounding_box()
    assert left
    assert right
    assert left["x"] > right["x"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_maps_and_timelines_keep_the_rules_of_accessibility(browser: Browser, base: str, scheme: str) -> None:
    with reading(browser, base, color_scheme=scheme) as visit:
        for path in VIEWS:
            visit.go(path)
            visit.accessible()


@pytest.mark.slow
def test_ways_are_told_by_each_account_and_what_closes_them(
    browser: Browser, war: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gazetteer: Gazetteer
) -> None:
    monkeypatch.setenv("MARSAD_ROADS", str(tmp_path))
    points = ((39.0, 36.0), (37.0, 35.0))
    road = Road(u=0, v=1, kind="primary", km=215, line=points, ref="N1")
    save_roads(Network(roads=(road,), attribution="test roads"), tmp_path / "ours.roads.parquet")
    with serving(war) as base, reading(browser, base) as visit:
        visit.expected.append("503")  # ways take long: the page asks again
        page = visit.go("/map")
        page.get_by_label("From").fill(BAY.name)
        page.get_by_label("To", exact=True).fill(QARN.name)
        page.get_by_role("button", name="Find ways").click()
        page.locator(".route-found").wait_for(timeout=60_000)
        assert "from=Bay&to=Qarn" in page.url
        assert "If nothing were closed: 215 km" in page.locator(".route-found").inner_text()
        assert "N1" in page.locator(".ways").inner_text()
        assert "test roads" in page.locator(".map-sources").inner_text()
        visit.accessible()
        page.get_by_role("button", name="Clear").click()
        assert page.locator(".route-found").count() == 0
