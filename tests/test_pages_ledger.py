"""From a dispute to the sentence that it stands on, and what a person rules: in a browser, by mouse and keyboard."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from browser_support import PHONE, Visit, needs_browser, serving, visiting
from marsad import Monitor, Passage
from marsad.reading import EXTRACTOR
from marsad.store import Store, theatre_digest
from monitor_support import START, TEXTS, THEATRE, claim, filled, reports

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = needs_browser

HOSTILE = '<script>document.title="taken"</script><img src=x onerror="document.title=\'taken\'">\u202e'
ARABIC = "🔥 قال الجيش إنه انسحب من قرن يوم الأحد."
TOKENS = {"ana": "a-token-of-ana-0123456789", "ben": "a-token-of-ben-0123456789"}
VIEWS = ("/ledger", "/ledger?open=all", "/reports/r2", "/reports/r6#claim=c-r6", "/reports/r7?lang=ar", "/review")


def added(war: Path, name: str, text: str, anchor: str, hours: int, **fields: str) -> None:
    """Add a report in which the army says that it withdrew, at these words."""
    TEXTS[name] = ("Wire Two", "wire", hours, text)
    start = text.index(anchor)
    here = Passage(report=name, start=start, end=start + len(anchor))
    said = replace(
        claim(f"c-{name}", name, anchor, "withdraw", "Army of Exampleland", agent="Army of Exampleland"),
        anchor=here,
        content=here,
    )
    with Store.open(war) as store:
        store.add(
            replace(reports()[name], sha256=hashlib.sha256(text.encode()).hexdigest(), **fields),
            [said],
            extractor=EXTRACTOR,
            theatre=theatre_digest(THEATRE),
            learnt=START + timedelta(hours=40),
            origin=name,
        )
    del TEXTS[name]


@pytest.fixture(scope="module")
def war(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented war, with a report full of markup and one in Arabic."""
    path = filled(tmp_path_factory.mktemp("war"))
    text = f"{HOSTILE} The army said it had withdrawn from Qarn on Sunday. {HOSTILE}"
    added(path, "r6", text, "had withdrawn from Qarn", 32, title=HOSTILE, publisher=f"Press {HOSTILE}")
    added(path, "r7", ARABIC, "انسحب من قرن", 33, language="ar")
    return path


@pytest.fixture(scope="module")
def base(war: Path) -> Iterator[str]:
    with serving(war) as served:
        yield served


@pytest.fixture
def visit(browser: Browser, base: str) -> Iterator[Visit]:
    with visiting(browser, base) as begun:
        yield begun


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A server that two people may judge at, and its monitor."""
    path, tokens = filled(tmp_path), tmp_path / "tokens"
    tokens.write_text("".join(f"{name}: {token}\n" for name, token in TOKENS.items()), "utf-8")
    with serving(path, "--token-file", str(tokens)) as served:
        yield served, path


def sign_in(visit: Visit, name: str) -> Page:
    page = visit.go("/review")
    page.get_by_label("token").fill(TOKENS[name])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text(f"You judge as {name}.").wait_for()
    page.locator(".review-item").wait_for()
    return page


def judged(path: Path) -> list[tuple[str, str, str]]:
    with Monitor.open(path) as held:
        return [(one.user, one.kind.value, one.subject) for one in held.judgements()]


def test_a_dispute_leads_to_the_sentence_in_its_report_with_source_and_cue_marked(visit: Visit) -> None:
    page = visit.go("/ledger?open=all")
    dispute = page.locator(".dispute").filter(has_text="Qarn").first
    camps = dispute.locator(".camp")
    camps.nth(1).get_by_text("denied that rebels had taken Qarn").wait_for()
    assert "Northern Front" in camps.nth(0).inner_text()
    assert "Army of Exampleland" in camps.nth(1).inner_text()
    dispute.get_by_role("link", name="denied that rebels had taken Qarn").first.click()
    visit.ready()
    page.locator(".passage [data-chosen]").first.wait_for()
    assert "/reports/r2" in page.url
    assert "claim=" in page.url
    chosen = page.locator(".claim-list .chosen")
    assert "denies" in chosen.inner_text()
    marked = page.locator(".passage mark.anchor").all_inner_texts()
    assert "".join(marked) in TEXTS["r2"][3]
    assert marked


def test_a_verdict_shows_its_working_and_a_timeline_that_can_be_read_as_a_table(visit: Visit) -> None:
    page = visit.go("/ledger?open=all")
    page.locator(".dispute h2 a").first.click()
    visit.ready()
    assert "/ledger/p-" in page.url
    assert page.locator(".working ol li").count() >= 3
    assert page.locator(".timeline svg .mark").count() == page.locator(".timeline tbody tr").count()
    page.get_by_text("The same as a table").click()
    assert page.locator(".timeline tbody tr").first.inner_text().strip()


def test_claims_of_a_report_are_gone_through_by_the_keyboard(visit: Visit) -> None:
    page = visit.go("/reports/r3")
    count = page.locator(".claim-list li").count()
    assert count >= 2
    page.keyboard.press("j")
    page.locator(".claim-list .chosen").wait_for()
    first = page.url
    page.keyboard.press("j")
    page.wait_for_function(f"location.href !== {first!r}")
    page.keyboard.press("k")
    page.wait_for_function(f"location.href === {first!r}")
    page.reload()
    visit.ready()
    assert page.locator(".claim-list .chosen").count() == 1


def test_spans_count_characters_whatever_the_script_and_the_text_has_its_own_direction(visit: Visit) -> None:
    page = visit.go("/reports/r7")
    page.locator(".passage a.event").click()
    page.locator(".passage mark.anchor").wait_for()
    assert "".join(page.locator(".passage mark.anchor").all_inner_texts()) == "انسحب من قرن"
    assert page.locator(".passage").inner_text() == ARABIC
    assert page.locator(".passage").get_attribute("dir") == "rtl"
    assert page.evaluate("document.documentElement.dir") == "ltr"


def test_a_report_full_of_markup_is_text(visit: Visit) -> None:
    for view in ("/reports/r6", "/ledger?open=all", "/reports/r6#claim=c-r6"):
        page = visit.go(view)
        assert page.title() != "taken"
        assert page.locator("main img, main script").count() == 0
    text = visit.go("/reports/r6").locator(".passage").inner_text()
    assert HOSTILE in text


def test_filters_stand_in_the_address(visit: Visit) -> None:
    page = visit.go("/ledger")
    page.get_by_label("Standing").select_option("all")
    page.get_by_label("Place").fill("Bay")
    page.keyboard.press("Enter")
    page.wait_for_function("location.search.includes('place=Bay')")
    visit.ready()
    assert page.locator(".dispute").filter(has_text="Qarn").count() == 0
    page.reload()
    visit.ready()
    assert page.get_by_label("Place").input_value() == "Bay"


def test_claims_are_judged_and_undone_by_the_keyboard(browser: Browser, desk: tuple[str, Path]) -> None:
    base, path = desk
    with visiting(browser, base) as visit:
        page = sign_in(visit, "ana")
        before = page.locator(".review-item h2").inner_text()
        page.keyboard.press("a")
        page.locator(".done-kept").wait_for()
        assert page.locator(".review-item h2").inner_text() != before
        assert [kind for _, kind, _ in judged(path)] == ["accept"]
        page.keyboard.press("u")
        page.locator(".done-undone").wait_for()
        assert page.locator(".review-item h2").inner_text() == before
        assert [kind for _, kind, _ in judged(path)] == ["accept", "undo"]
        page.keyboard.press("r")
        page.get_by_role("alert").get_by_text("Say why").wait_for()
        page.keyboard.type("it says no such thing")
        page.get_by_role("button", name="Reject").click()
        page.locator(".done-kept").wait_for()
        assert [kind for _, kind, _ in judged(path)] == ["accept", "undo", "reject"]


def test_a_correction_says_what_the_server_refuses_and_brings_the_claim_back(
    browser: Browser, desk: tuple[str, Path]
) -> None:
    base, path = desk
    with visiting(browser, base) as visit:
        visit.expected += ["422", "400"]
        page = sign_in(visit, "ana")
        claim_now = page.locator(".review-item h2").inner_text()
        page.get_by_label("Why").fill("the text says otherwise")
        page.get_by_role("button", name="Correct").click()
        page.get_by_label("event", exact=True).fill("no such event")
        page.get_by_role("button", name="Keep the correction").click()
        page.get_by_role("alert").get_by_text("Not kept").wait_for()
        assert page.locator(".review-item h2").inner_text() == claim_now
        assert judged(path) == []
        page.get_by_label("Why").fill("the text says otherwise")
        page.get_by_role("button", name="Correct").click()
        page.get_by_label("certainty", exact=True).fill("possible")
        page.get_by_role("button", name="Keep the correction").click()
        page.locator(".done-kept").wait_for()
        assert [kind for _, kind, _ in judged(path)] == ["correct"]


def test_what_another_said_is_hidden_until_one_has_judged_oneself(browser: Browser, desk: tuple[str, Path]) -> None:
    base, path = desk
    with visiting(browser, base) as ana:
        page = sign_in(ana, "ana")
        claim_now = page.locator(".review-item h2").inner_text()
        page.get_by_label("Why").fill("ana's reason")
        page.get_by_role("button", name="Correct").click()
        page.get_by_label("certainty", exact=True).fill("probable")
        page.get_by_role("button", name="Keep the correction").click()
        page.locator(".done-kept").wait_for()
    with visiting(browser, base) as ben:
        page = sign_in(ben, "ben")
        queue = page.locator(".review-item h2")
        for _ in range(20):
            if queue.inner_text() == claim_now:
                break
            page.keyboard.press("s")
        if queue.inner_text() != claim_now:
            pytest.fail("what ana judged is not in ben's queue")
        assert "ana's reason" not in ben.text()
        page.keyboard.press("a")
        page.get_by_text("ana's reason").wait_for()
        assert "Differs." in ben.text()
        page.get_by_text("With ana: 1 of 1 claim alike").wait_for()
    assert {user for user, _, _ in judged(path)} == {"ana", "ben"}


def test_nobody_judges_without_a_token(browser: Browser, desk: tuple[str, Path]) -> None:
    base, path = desk
    with visiting(browser, base) as visit:
        visit.expected.append("401")
        page = visit.go("/review")
        page.get_by_label("token").fill("a-wrong-token-0123456789")
        page.get_by_role("button", name="Sign in").click()
        page.get_by_text("This token is not known here.").wait_for()
        assert page.locator(".review-item").count() == 0
    assert judged(path) == []


@pytest.mark.parametrize("view", VIEWS)
def test_everybody_can_use_ledger_passage_and_review(visit: Visit, view: str) -> None:
    visit.go(view)
    visit.accessible()


@pytest.mark.parametrize("view", ["/ledger?open=all&lang=ar", "/reports/r2?lang=ar"])
def test_everybody_can_use_them_on_a_phone_in_arabic_and_in_the_dark(browser: Browser, base: str, view: str) -> None:
    with visiting(browser, base, color_scheme="dark", viewport=PHONE) as visit:
        page = visit.go(view)
        visit.accessible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
