"""A monitor under a policy: nothing that it keeps back is in any answer, whatever is asked, now or later."""

from __future__ import annotations

import hashlib
import inspect
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import marsad
import monitor_support as war
from marsad import (
    Capture,
    Certainty,
    Claim,
    Interval,
    MarsadError,
    Monitor,
    Passage,
    Place,
    Polarity,
    Report,
    Stance,
)
from marsad.cli import app
from marsad.monitor.gated import KEEPING, ON_ROADS
from marsad.reading import EXTRACTOR
from marsad.serial import to_json
from marsad.store import Store, theatre_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TEXT = (
    "SECRETLEAD told us much. Layla Secretodeh, 34, a teacher, said rebels had taken Secretville. "
    "Ms Secretodeh wept.\nThe army denied that rebels had taken Secretville. SECRETTAIL."
)
VILLAGE = Place(
    name="Secretville", gazetteer_id="x:9", canonical="Secretville", lat=35.2, lon=37.3, country="SY", admin="Homs",
    feature="town", radius_km=2.0,
)  # fmt: skip
TOLD = datetime(2021, 3, 1, 6, tzinfo=UTC)
MASKED_BY_ALL = ("SECRETLEAD", "SECRETTAIL", "Secretodeh", "SECRETAUTHOR", "SECRETPATH", "SECRETBYTES", "SECRETSOON",
                 "SECRETNODATE", "secretodeh")  # fmt: skip
MASKED_BY_GUARDED = (*MASKED_BY_ALL, "Secretville", "SECRETTITLE", "secretslug", "SECRETJUDGE")


def report(name: str, text: str, published: datetime | None) -> Report:
    return Report(
        id=name,
        publisher="State News",
        kind="newspaper",
        title=f"SECRETTITLE of {name}",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        published=published,
        url=f"https://news.example/{name}/secretslug",
        authors=("SECRETAUTHOR One",),
    )


def span(of: Report, words: str) -> Passage:
    start = of.text.index(words)
    return Passage(report=of.id, start=start, end=start + len(words))


def claim(name: str, of: Report, anchor: str, source: str, **fields: Any) -> Claim:
    values: dict[str, Any] = {
        "event": "capture",
        "polarity": Polarity.AFFIRMED,
        "certainty": Certainty.CERTAIN,
        "stance": Stance.ASSERTS,
        "agent": "Northern Front",
        "place": VILLAGE,
        "interval": Interval(start=TOLD.date(), end=TOLD.date()),
        "extractor": EXTRACTOR,
        **fields,
    }
    return Claim(id=name, report=of.id, anchor=span(of, anchor), source=source, **values)


def planted(path: Path) -> None:
    """Fill a monitor with what must not leave, in every field that a policy keeps back."""
    plain = report("r-1", TEXT, TOLD)
    soon = report("r-2", "SECRETSOON rebels took Secretville.", datetime.now(UTC) - timedelta(minutes=90))
    never = report("r-3", "SECRETNODATE rebels took Secretville.", None)
    person = "Layla Secretodeh"
    found = {
        plain: [
            claim("c-1", plain, "rebels had taken", person, speaker=person, cue=span(plain, "said")),
            claim(
                "c-2",
                plain,
                "that rebels had taken",
                "Army of Exampleland",
                polarity=Polarity.DENIED,
                stance=Stance.DENIES,
            ),
        ],
        soon: [claim("c-3", soon, "rebels took", "narrator")],
        never: [claim("c-4", never, "rebels took", "narrator")],
    }
    with Store.open(path) as store:
        store.add_theatre(war.THEATRE, learnt=TOLD)
        for one, claims in found.items():
            origin = f"/home/SECRETPATH/{one.id}.jsonl"
            digest = store.add_capture(
                Capture(url=one.url or "", data=b"SECRETBYTES", retrieved=TOLD, media_type="text/html"), learnt=TOLD
            )
            store.add_report(one, learnt=TOLD, origin=origin, content=digest)
            store.add_reading(one.id, EXTRACTOR, theatre_digest(war.THEATRE), claims, learnt=TOLD)
    with Monitor.open(path) as held:
        held.judge("accept", "c-1", user="SECRETJUDGE", reason="Layla Secretodeh told me so in Secretville")
        held.judge("reject", "c-3", user="SECRETJUDGE", reason="SECRETSOON")
        proposition = held.propositions()[0].id
        held.judge("grade", proposition, user="SECRETJUDGE", grade="disputed", reason="said Layla Secretodeh")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where: Path = tmp_path_factory.mktemp("policy") / "SECRETPATH.marsad"
    planted(where)
    return where


@pytest.fixture(params=["public", "guarded"])
def policed(request: pytest.FixtureRequest, path: Path) -> Iterator[Monitor]:
    with Monitor.open(path, policy=request.param) as held:
        yield held


def exported(monitor: Monitor) -> str:
    stream = io.BytesIO()
    monitor.export("claims", stream)
    return stream.getvalue().decode()


def answered(ask: Callable[..., Any], *asked: str) -> Any:
    """What is answered, or what is said where nothing is."""
    try:
        return ask(*asked)
    except MarsadError as error:
        return str(error)


ASKED: dict[str, Callable[[Monitor], Any]] = {
    "access": lambda one: "needs roads, which tests of routes have",
    "actor_page": lambda one: one.actor_page("Northern Front"),
    "agreement": lambda one: one.agreement("SECRETJUDGE", "nobody"),
    "assess": lambda one: one.assess("r-1"),
    "capture": lambda one: answered(one.capture, hashlib.sha256(b"SECRETBYTES").hexdigest()),
    "capture_of": lambda one: one.capture_of("r-1"),
    "check": lambda one: one.check(),
    "claims": lambda one: (one.claims(), one.claims(rejected=True), one.claims(place="Secretville")),
    "close": lambda one: None,
    "control": lambda one: one.control(),
    "disputes": lambda one: one.disputes(),
    "dossiers": lambda one: one.dossiers("r-1"),
    "export": exported,
    "gold": lambda one: one.gold(),
    "health": lambda one: one.health(),
    "judged": lambda one: one.judged(),
    "judgements": lambda one: one.judgements(),
    "name": lambda one: "the file's own name, and not its folder",
    "nowcast": lambda one: one.nowcast(),
    "picture": lambda one: one.picture(),
    "place_page": lambda one: [
        answered(one.place_page, claim.place.canonical or claim.place.name)
        for claim in (*one.claims(), *one.claims(place="Secretville"))
        if claim.place
    ],
    "policy": lambda one: one.policy,
    "propositions": lambda one: one.propositions(),
    "receipts": lambda one: one.receipts(),
    "report": lambda one: one.report(since=timedelta(days=4000)),
    "release": lambda one: one.release(),
    "report_page": lambda one: [answered(one.report_page, name) for name in ("r-1", "r-2", "r-3")],
    "reports": lambda one: one.reports(),
    "reports_of": lambda one: one.reports_of(one.claims()),
    "review_queue": lambda one: one.review_queue(),
    "revision": lambda one: one.revision(),
    "route": lambda one: "needs roads, which tests of routes have",
    "rules": lambda one: one.rules.name,
    "search": lambda one: (one.search(""), one.search("rebels"), one.search("Secretodeh"), one.search("SECRETLEAD")),
    "sources": lambda one: one.sources(),
    "stand_still": lambda one: one.stand_still(),
    "theatre": lambda one: one.theatre,
    "towns": lambda one: one.towns(),
    "versions": lambda one: one.versions("r-1"),
    "voice_page": lambda one: [answered(one.voice_page, claim.source) for claim in one.claims()],
    "zone": lambda one: one.zone.key,
}
"""How everything is asked that a monitor can be asked: a new method stands here, or the test below fails."""


IN_JSON = {"claims", "control", "disputes", "judgements", "nowcast", "propositions", "receipts", "report", "reports",
           "search", "sources", "versions"}  # fmt: skip


def public_names() -> set[str]:
    return {
        name
        for name in dir(Monitor)
        if not name.startswith("_")
        and not isinstance(inspect.getattr_static(Monitor, name), staticmethod | classmethod)
    }


def test_everything_that_a_monitor_can_be_asked_is_asked_here() -> None:
    assert public_names() == ASKED.keys() | KEEPING


@pytest.mark.parametrize("name", sorted(ASKED))
def test_no_answer_holds_what_the_policy_keeps_back(policed: Monitor, name: str) -> None:
    answer = ASKED[name](policed)
    told = repr(answer)
    if name in IN_JSON:
        told += json.dumps(to_json(answer), ensure_ascii=False)
    kept_back = MASKED_BY_GUARDED if policed.policy.name == "guarded" else MASKED_BY_ALL
    assert [token for token in kept_back if token in told] == []


def test_what_is_not_kept_back_is_told(path: Path) -> None:
    with Monitor.open(path) as whole, Monitor.open(path, policy="public") as held:
        assert {one.id for one in whole.claims()} == {"c-1", "c-2", "c-4"}
        assert [one.id for one in held.claims()] == ["c-1", "c-2"]
        first = held.claims()[0]
        assert (first.speaker, first.source) == ("a teacher (1)", "a teacher (1)")
        assert first.place == VILLAGE
        (sentence,) = (one.quotation.words for one in held.assess("c-1")[0].evidence if one.claim.id == "c-1")
        assert sentence == f"{'█' * 16}, 34, a teacher, said rebels had taken Secretville."
        assert held.report(since=timedelta(days=4000)).policy == "public 1"


def test_spans_and_digests_stay_those_of_the_text_as_published(path: Path) -> None:
    with Monitor.open(path) as whole, Monitor.open(path, policy="guarded") as held:
        given, kept = held.reports()[0], whole.reports()[0]
        assert len(given.text) == len(kept.text)
        assert given.text.count("\n") == kept.text.count("\n")
        assert given.sha256 == kept.sha256
        assert [one.anchor for one in held.claims()] == [one.anchor for one in whole.claims()][:2]


def test_verdicts_are_those_of_the_whole_monitor(path: Path) -> None:
    then = TOLD + timedelta(days=1)
    with Monitor.open(path) as whole, Monitor.open(path, policy="guarded") as held:
        grades = [
            {one.proposition: one.stands for one in by.picture(then).assessments.values()} for by in (whole, held)
        ]
        assert grades[0] == grades[1]


def test_asking_for_a_masked_name_is_asking_for_nobody(path: Path) -> None:
    with Monitor.open(path, policy="guarded") as held:
        assert held.search("Secretodeh") == held.search("Nobody")
        assert held.claims(source="Layla Secretodeh") == held.claims(source="Nobody Atall")
        assert held.claims(place="Secretville") == held.control(place="Secretville") == ()
        assert held.nowcast(place="Secretville") == ()
        (place,) = {one.place.name for one in held.claims() if one.place}
        assert len(held.claims(place=place)) == 2


def test_a_choice_by_a_masked_name_exports_nothing(path: Path) -> None:
    with Monitor.open(path) as held:
        stream = io.BytesIO()
        done = held.export("claims", stream, choice=marsad.Choice(place="Secretville"), policy="guarded")
        assert dict(done.rows) == {}


def test_the_words_of_a_choice_come_back_as_they_were_given(path: Path) -> None:
    with Monitor.open(path, policy="guarded") as held:
        done = held.export("claims", io.BytesIO(), choice=marsad.Choice(place="Secretville"))
        assert (done.about.filters, dict(done.rows)) == ((("place", "Secretville"),), {})


def test_an_export_of_a_policed_monitor_passes_its_policy_and_no_other(path: Path) -> None:
    with Monitor.open(path, policy="guarded") as held:
        assert str(held.export("claims", io.BytesIO()).about.policy) == "guarded 1"
        with pytest.raises(MarsadError, match="no other can be chosen"):
            held.export("claims", io.BytesIO(), policy="internal")


@pytest.mark.parametrize("name", sorted(KEEPING))
def test_a_policed_monitor_is_for_giving_out(path: Path, name: str) -> None:
    with Monitor.open(path, policy="public") as held, pytest.raises(MarsadError, match="for giving out"):
        getattr(held, name)()


@pytest.mark.parametrize("name", sorted(ON_ROADS))
def test_a_policy_without_towns_refuses_what_would_tell_them(path: Path, name: str) -> None:
    with Monitor.open(path, policy="guarded") as held, pytest.raises(MarsadError, match="tells no towns"):
        getattr(held, name)("Secretville", "Qarn")


def test_a_delay_bounds_every_clock(path: Path) -> None:
    with Monitor.open(path, policy="public") as held:
        assert [one.id for one in held.reports(datetime.now(UTC))] == ["r-1"]
        limit = datetime.now(UTC) - timedelta(hours=24)
        as_of = held.picture().as_of
        assert as_of is not None
        assert limit - timedelta(hours=1) <= as_of <= limit


def test_a_monitor_under_the_internal_policy_answers_as_one_without(path: Path) -> None:
    with Monitor.open(path) as one, Monitor.open(path, policy="internal") as other:
        assert one.reports() == other.reports()
        assert other.report().policy is None


def test_places_of_one_division_stay_apart_and_have_their_numbers_by_first_statement(tmp_path: Path) -> None:
    where = tmp_path / "two.marsad"
    words = "Rebels took Qarn. Rebels took Bay. Rebels took Qarn again."
    one = report("r-1", words, TOLD)
    places = [replace(VILLAGE, name=name, canonical=name, gazetteer_id=f"x:{name}") for name in ("Qarn", "Bay")]
    claims = [
        claim("c-1", one, "Rebels took Qarn.", "narrator", place=places[0]),
        claim("c-2", one, "Rebels took Bay.", "narrator", place=places[1]),
    ]
    with Store.open(where) as store:
        store.add(one, claims, extractor=EXTRACTOR, theatre="", learnt=TOLD, origin="x")
    with Monitor.open(where, policy="guarded") as held:
        assert [found.place.name for found in held.claims() if found.place] == [
            "a place in Homs province (1)",
            "a place in Homs province (2)",
        ]
        assert len(held.picture().linked.propositions) == 2
        assert all(found.place.gazetteer_id is None for found in held.claims() if found.place)


def test_commands_say_which_policy_they_passed(path: Path) -> None:
    found = CliRunner().invoke(app, ["report", "--policy", "public", "--monitor", str(path)])
    assert found.exit_code == 0
    assert "Given out by the policy public 1." in found.output
    found = CliRunner().invoke(app, ["report", "--policy", "public", "--format", "json", "--monitor", str(path)])
    assert '"policy": "public 1"' in found.output
    for form in ("markdown", "html"):
        found = CliRunner().invoke(app, ["report", "--policy", "guarded", "--format", form, "--monitor", str(path)])
        assert "Given out by the policy guarded 1." in found.output
        assert "Secretville" not in found.output


def test_commands_for_policies(tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert "public" in run(app, ["policies"]).output
    assert "none by name" in run(app, ["policies", "guarded"]).output
    mine = tmp_path / "mine.toml"
    mine.write_text('name = "mine"\nversion = "1"\nwhat = "x"\ndelay_hours = 1\nplaces = "town"\npersons = "nobody"\n')
    found = run(app, ["policies", "check", str(mine)])
    assert found.exit_code == 2
    assert "mine.toml:6" in found.output
