"""The pages in a browser: what a reader finds on them, by mouse and keyboard, in English and Arabic."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from browser_support import PHONE, Visit, needs_browser, serving, visiting
from marsad.reading import EXTRACTOR
from marsad.store import Store, theatre_digest
from monitor_support import START, TEXTS, THEATRE, claim, filled, reports

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = needs_browser

HOSTILE = '<script>document.title="taken"</script><img src=x onerror="document.title=\'taken\'">'
VIEWS = (
    "/",
    "/search",
    "/search?words=Qarn",
    "/places/Qarn",
    "/sources",
    "/sources/Exampleland%20Monitor",
    "/actors/Northern%20Front",
)


@pytest.fixture(scope="module")
def war(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented war, with one report more whose every word is hostile."""
    path = filled(tmp_path_factory.mktemp("war"))
    text = f"{HOSTILE} The army said it had withdrawn from Qarn on Sunday. {HOSTILE}"
    add(path, "r6", text, title=HOSTILE, publisher=f"Press {HOSTILE}")
    return path


@pytest.fixture(scope="module")
def base(war: Path) -> Iterator[str]:
    with serving(war) as served:
        yield served


@pytest.fixture
def visit(browser: Browser, base: str) -> Iterator[Visit]:
    with visiting(browser, base) as begun:
        yield begun


def add(war: Path, name: str, text: str, **fields: str) -> None:
    """Add a report of its own to a war, which says that the army withdrew."""
    TEXTS[name] = ("Wire Two", "wire", 32, text)
    report = replace(reports()[name], **fields)
    said = claim(f"c-{name}", name, "had withdrawn from Qarn", "withdraw", "Army of Exampleland")
    with Store.open(war) as store:
        store.add(
            report,
            [said],
            extractor=EXTRACTOR,
            theatre=theatre_digest(THEATRE),
            learnt=START + timedelta(hours=40),
            origin=name,
        )
    del TEXTS[name]


def test_the_situation_is_told_in_short_first_and_each_line_leads_to_its_claims(visit: Visit) -> None:
    page = visit.go("/")
    assert page.title() == "The situation · Marsad"
    first = page.locator("main section").first
    assert first.get_by_role("heading").inner_text() == "In short"
    assert 1 <= first.locator(".line").count() <= 5
    link = page.locator("main .line .id").first
    name = link.inner_text()
    assert re.match(r"[cp]-", name)
    link.click()
    page.wait_for_url(f"**/ledger/{name}")


def test_what_came_in_since_the_last_visit_is_marked(browser: Browser, tmp_path: Path) -> None:
    path = filled(tmp_path)
    with serving(path) as base, visiting(browser, base) as visit:
        page = visit.go("/?since=7d")
        visit.go("/")
        assert page.locator(".fresh").count() == 0
        page.evaluate("sessionStorage.clear()")
        add(path, "r7", "The army said it had withdrawn from Qarn again, on Monday.")
        page.get_by_role("button", name="new report").click()
        visit.ready()
        page.reload()
        visit.ready()
        assert "new since your visit" in visit.text()
        assert page.locator(".fresh .new").first.inner_text() == "new"


def test_news_is_announced_and_moves_nothing_until_the_reader_asks(browser: Browser, tmp_path: Path) -> None:
    path = filled(tmp_path)
    with serving(path) as base, visiting(browser, base) as visit:
        page = visit.go("/")
        before = visit.text()
        add(path, "r7", "The army said it had withdrawn from Qarn again, on Monday.")
        button = page.get_by_role("button", name="1 new report: show")
        button.wait_for()
        assert visit.text() == before
        button.click()
        page.get_by_text("6 reports", exact=True).wait_for()
        assert button.count() == 0


def test_a_place_tells_who_holds_it_by_each_account_and_who_has_no_word(visit: Visit) -> None:
    page = visit.go("/places/Qarn")
    rows = page.locator(".control").first.locator("tbody tr")
    assert any("rebels" in row and "Northern Front" in row for row in rows.all_inner_texts())
    page.get_by_role("link", name="Northern Front", exact=True).first.click()
    visit.ready()
    assert page.url.endswith("/actors/Northern%20Front")
    assert page.evaluate("document.activeElement.tagName") == "H1"


def test_a_place_can_be_read_by_one_account(visit: Visit) -> None:
    page = visit.go("/places/Qarn")
    page.get_by_label("According to").select_option("rebels")
    page.wait_for_url("**according_to=rebels**")
    accounts = page.locator(".control").first.locator("tbody tr td:first-child").all_inner_texts()
    assert {name.split()[-1] for name in accounts} == {"rebels"}


def test_as_of_an_earlier_hour_a_page_knows_only_what_was_published_by_then(visit: Visit) -> None:
    page = visit.go("/places/Qarn?as_of=2021-03-01T10:00")
    assert "Army of Exampleland" not in visit.text()
    page.get_by_role("link", name="latest").click()
    page.locator("main").get_by_text("Army of Exampleland").first.wait_for()
    assert "as_of" not in page.url


def test_an_hour_that_is_none_is_told_in_words_and_can_be_left(visit: Visit) -> None:
    visit.expected.append("422")
    page = visit.go("/?as_of=yesterday")
    assert "The server does not understand this question." in visit.text()
    page.get_by_role("link", name="latest").click()
    page.get_by_role("heading", name="In short").wait_for()


def test_links_keep_the_hour_the_language_and_the_rules(visit: Visit) -> None:
    page = visit.go("/?as_of=2021-03-02&lang=ar&rules=recorders-1")
    for link in page.locator("nav a").all():
        target = link.get_attribute("href") or ""
        if target.startswith("/"):
            assert {"as_of=2021-03-02", "lang=ar", "rules=recorders-1"} <= set(re.split("[?&]", target)), target


def test_words_are_searched_and_the_search_can_be_shared_by_its_address(visit: Visit) -> None:
    page = visit.go("/search")
    page.get_by_role("searchbox").fill("soldiers died")
    page.keyboard.press("Enter")
    page.locator(".hits li").first.wait_for()
    assert page.locator("mark").all_inner_texts() == ["soldiers", "died"]
    shared = page.url
    assert "words=soldiers+died" in shared
    page.get_by_label("Event").select_option("capture")
    page.get_by_text("No report has all of this.").wait_for()
    page.go_back()
    page.locator(".hits li").first.wait_for()
    assert page.url == shared


def test_a_name_that_nobody_knows_is_told_in_words(visit: Visit) -> None:
    visit.expected.append("404")
    visit.go("/places/Nowhere")
    assert "The monitor knows nothing by this name." in visit.text()


def test_a_server_that_is_gone_is_told_in_words_and_can_be_asked_again(visit: Visit) -> None:
    page = visit.go("/")
    visit.expected += ["ERR_INTERNET_DISCONNECTED"]
    page.context.set_offline(True)
    page.get_by_role("link", name="Sources").click()
    page.get_by_role("alert").wait_for()
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    page.locator("main table").wait_for()


def test_no_word_of_a_report_becomes_part_of_a_page(visit: Visit) -> None:
    for view in ("/", "/search?words=withdrawn", "/places/Qarn", "/sources"):
        page = visit.go(view)
        assert page.locator("main img, main script").count() == 0
        assert page.title() != "taken"
    visit.go("/search?words=withdrawn")
    assert HOSTILE in visit.text()


@pytest.mark.parametrize("view", VIEWS)
def test_pages_can_be_used_by_everybody(visit: Visit, view: str) -> None:
    visit.go(view)
    visit.accessible()


@pytest.mark.parametrize("view", ["/", "/places/Qarn", "/search?words=Qarn"])
def test_pages_can_be_used_by_everybody_in_arabic_and_in_the_dark(browser: Browser, base: str, view: str) -> None:
    with visiting(browser, base, color_scheme="dark", viewport=PHONE) as visit:
        visit.go(f"{view}{'&' if '?' in view else '?'}lang=ar")
        visit.accessible()


def test_in_arabic_a_page_runs_from_right_to_left_and_foreign_names_keep_their_order(visit: Visit) -> None:
    page = visit.go("/places/Qarn")
    page.get_by_role("link", name="العربية").click()
    page.locator("html[dir=rtl]").wait_for()
    assert page.evaluate("document.documentElement.lang") == "ar"
    first, last = (page.locator(".masthead nav a").nth(at).evaluate("one => one.offsetLeft") for at in (0, -1))
    assert first > last
    assert page.get_by_role("heading", name="الخلافات").count() == 1
    name = page.locator("main bdi", has_text="Exampleland Monitor").first
    assert name.evaluate("one => getComputedStyle(one).direction") == "ltr"


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_wider_than_a_phone(browser: Browser, base: str, view: str) -> None:
    with visiting(browser, base, viewport=PHONE) as visit:
        page = visit.go(view)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_keyboard_alone_reaches_the_page_and_what_is_behind_a_line(visit: Visit) -> None:
    page = visit.go("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.locator("main .line .id").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/ledger/**")


def test_times_are_those_of_the_theatre_and_utc_can_be_had(visit: Visit) -> None:
    page = visit.go("/search?words=taken")
    told = page.locator(".hits time").last
    assert told.inner_text() == "1 Mar 2021, 08:00"
    assert told.get_attribute("title") == "1 Mar 2021, 06:00 UTC"
    page.get_by_role("link", name="Show UTC").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Times of UTC").wait_for()
    assert page.locator(".hits time").last.inner_text() == "1 Mar 2021, 06:00"


def test_printed_pages_leave_out_what_one_would_press(visit: Visit) -> None:
    page = visit.go("/places/Qarn")
    page.emulate_media(media="print")
    assert not page.locator(".masthead nav").is_visible()
    assert not page.locator(".controls").is_visible()
    assert page.locator("main h1").is_visible()


def test_a_monitor_that_others_can_reach_is_read_by_those_who_have_a_token(
    browser: Browser, war: Path, tmp_path: Path
) -> None:
    tokens = tmp_path / "tokens.txt"
    tokens.write_text("ana: a-token-of-ana-1234\n", "utf-8")
    with serving(war, "--host", "0.0.0.0", "--token-file", str(tokens)) as base, visiting(browser, base) as visit:
        visit.expected.append("401")
        page = visit.go("/places/Qarn")
        assert "Qarn" not in visit.text()
        page.get_by_label("token").fill("another")
        page.keyboard.press("Enter")
        page.get_by_role("alert").get_by_text("This token is not known here.").wait_for()
        visit.accessible()
        page.get_by_label("token").fill("a-token-of-ana-1234")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Qarn").wait_for()
        assert "token" not in page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")


@pytest.mark.slow
@pytest.mark.parametrize("view", ["/", "/?lang=ar&since=7d", "/places/Homs", "/sources", "/search?words=Aleppo"])
def test_pages_of_the_demonstration_can_be_used_by_everybody(browser: Browser, demo_server: str, view: str) -> None:
    with visiting(browser, demo_server) as visit:
        visit.go(view)
        visit.accessible()
