"""Annotations, fact checks and the feed: read back by processors of JSON-LD and feeds, and held against the texts."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pyld import jsonld
from rdflib import Graph, Namespace
from rdflib.namespace import RDF
from typer.testing import CliRunner

from maps_support import hard, told, written
from marsad import DataFileError, Monitor, export_formats, load_rules
from marsad.cli import app
from marsad.exports.annotations import CONTEXT, quote_selector, text_name
from marsad.exports.iris import link_to
from monitor_support import at, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parent / "data"
ANNO = json.loads((DATA / "anno.jsonld").read_text("utf-8"))
ATOM = etree.RelaxNG(etree.parse(DATA / "atom.rng"))
OA = Namespace("http://www.w3.org/ns/oa#")
SCHEMA = {"@context": {"@vocab": "https://schema.org/", "url": {"@type": "@id"}}}


@pytest.fixture
def monitor(tmp_path: Path) -> Iterator[Monitor]:
    with Monitor.open(hard(tmp_path)) as held:
        yield held


def expanded(document: Any, contexts: dict[str, Any]) -> list[Any]:
    """Return a document as a processor understands it; every term must be known, and no context is fetched."""

    def load(address: str, _: Any) -> dict[str, Any]:
        return {"contextUrl": None, "documentUrl": address, "document": contexts[address]}

    return list(jsonld.expand(document, {"documentLoader": load, "base": None}))


# Annotations


def test_every_claim_is_an_annotation_of_its_words(monitor: Monitor) -> None:
    document = json.loads(written(monitor, "annotations"))
    items = document["first"]["items"]
    assert document["total"] == len(items) == len(monitor.claims())
    by_id = {f"tag:marsad,2026:claim/{claim.id}": claim for claim in monitor.claims()}
    texts = {text_name(report): report.text for report in monitor.reports()}
    for item in items:
        claim = by_id.pop(item["id"])
        text = texts[item["target"]["state"]["cached"]]
        quoted, position = item["target"]["selector"]
        assert text[position["start"] : position["end"]] == quoted["exact"]
        assert position["start"] <= claim.anchor.start < claim.anchor.end <= position["end"]
    assert not by_id


def test_the_words_are_found_again_by_what_stands_around_them(monitor: Monitor) -> None:
    texts = {text_name(report): report.text for report in monitor.reports()}
    for item in json.loads(written(monitor, "annotations"))["first"]["items"]:
        quoted, position = item["target"]["selector"]
        assert found(quoted, texts[item["target"]["state"]["cached"]]) == [position["start"]]


def found(selector: dict[str, str], text: str) -> list[int]:
    """Return where a selector finds its words, as a tool of annotation looks for them."""
    whole, starts, at_ = selector["prefix"] + selector["exact"] + selector["suffix"], [], -1
    while (at_ := text.find(whole, at_ + 1)) >= 0:
        starts.append(at_ + len(selector["prefix"]))
    return starts


@given(st.text("ab ", max_size=300), st.data())
def test_words_that_stand_often_get_as_much_context_as_tells_them_apart(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    selector = quote_selector(text, start, end)
    assert selector["exact"] == text[start:end]
    assert found(selector, text) == [start]


def test_a_report_without_an_address_is_named_by_its_hash(monitor: Monitor) -> None:
    items = json.loads(written(monitor, "annotations"))["first"]["items"]
    sources = {item["target"]["source"]["id"] for item in items}
    assert "https://example.org/a?x=1&y=%3C2%3E" in sources
    assert any(source.startswith("ni:///sha-256;") for source in sources)


def test_a_processor_of_json_ld_understands_every_annotation(monitor: Monitor) -> None:
    document = json.loads(written(monitor, "annotations"))
    (collection,) = expanded(document, {CONTEXT: ANNO})
    assert "tag:marsad,2026:claim#policy" in collection
    graph = Graph().parse(data=jsonld.to_rdf([collection], {"format": "application/n-quads"}), format="nt")
    notes = list(graph.subjects(RDF.type, OA.Annotation))
    assert len(notes) == document["total"]
    for note in notes:
        (target,) = graph.objects(note, OA.hasTarget)
        kinds = {kind for one in graph.objects(target, OA.hasSelector) for kind in graph.objects(one, RDF.type)}
        assert kinds == {OA.TextQuoteSelector, OA.TextPositionSelector}
        assert len(list(graph.objects(note, OA.hasBody))) == 2


def test_no_key_of_an_annotation_is_lost_on_a_processor(monitor: Monitor) -> None:
    document = json.loads(written(monitor, "annotations"))
    known = set(ANNO["@context"]) | {"@context"}
    assert {key for key in keys(document) if not key.startswith("marsad:")} <= known


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            if key != "@context":
                yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "/story/1", "file:///etc/passwd", "", None, "https://"])
def test_what_is_no_page_of_the_web_is_no_link(address: str | None) -> None:
    assert link_to(address) is None


@given(st.text())
def test_a_link_can_stand_in_any_format(rest: str) -> None:
    found = link_to(f"https://example.org/{rest}")
    assert found is not None
    assert not set(found) & set('<>"{}|\\^` \n')
    assert link_to(found) == found


# Fact checks


def test_only_what_a_person_signed_is_a_fact_check(monitor: Monitor) -> None:
    missed: list[str] = []
    data, done = told(monitor, "claimreview", left_out=lambda name, _: missed.append(name))
    assert json.loads(data)["dataFeedElement"] == []
    assert done.left_out == {"no person has signed its verdict": len(monitor.propositions())}
    assert sorted(missed) == sorted(one.id for one in monitor.propositions())


def signed(monitor: Monitor, grade: str, claim: str = "c-taken") -> dict[str, Any]:
    """Grade what a claim says by hand, and return the item that says so."""
    detail = next(one for one in monitor.assess(claim) if one.proposition.members[0].claim == claim)
    monitor.judge("grade", detail.proposition.id, user="Ana", reason='Seen on "film".', grade=grade)
    feed = json.loads(written(monitor, "claimreview", publisher="Example Desk", site="https://desk.example.org/checks"))
    (item,) = feed["dataFeedElement"]
    assert item["@id"] == f"tag:desk.example.org,2026:proposition/{detail.proposition.id}"
    return dict(item["item"])


def test_a_fact_check_says_who_signed_what_and_where_it_was_said(monitor: Monitor) -> None:
    review = signed(monitor, "corroborated")
    assert review["claimReviewed"] == "Northern Front captured Qarn"
    assert review["author"]["name"] == "Ana"
    assert review["publisher"] == {
        "@type": "Organization", "name": "Example Desk", "url": "https://desk.example.org/checks"
    }  # fmt: skip
    assert review["url"].startswith("https://desk.example.org/checks#p-")
    assert review["reviewBody"] == 'Seen on "film".'
    claim = review["itemReviewed"]
    assert claim["firstAppearance"]["@id"].endswith("report/r1")
    assert claim["firstAppearance"]["text"] == "Our fighters have taken Qarn this morning."
    assert claim["author"] == {"@type": "Organization", "name": "Northern Front Channel"}
    assert claim["datePublished"] == "2021-03-01T06:00:00+00:00"
    said = {one["@id"].rsplit("/", 1)[1] for one in claim["appearance"]}
    assert "r2" not in said  # it denies it


def test_the_rating_is_that_of_the_rule_set_and_none_where_a_grade_has_none(monitor: Monitor) -> None:
    rating = signed(monitor, "corroborated")["reviewRating"]
    assert (rating["ratingValue"], rating["bestRating"], rating["worstRating"]) == (4, 5, 1)
    assert rating["alternateName"] == "corroborated"
    open_ = signed(monitor, "disputed")["reviewRating"]
    assert "ratingValue" not in open_
    assert open_["ratingExplanation"] == load_rules().grades["disputed"].what


def test_a_fact_check_is_json_ld_of_schema_org(monitor: Monitor) -> None:
    signed(monitor, "admitted")
    (feed,) = expanded(json.loads(written(monitor, "claimreview")), {"https://schema.org": SCHEMA})
    assert feed["@type"] == ["https://schema.org/DataFeed"]
    (item,) = feed["https://schema.org/dataFeedElement"]
    (review,) = item["https://schema.org/item"]
    assert review["@type"] == ["https://schema.org/ClaimReview"]
    assert review["https://schema.org/reviewRating"][0]["https://schema.org/ratingValue"] == [{"@value": 5}]


def test_what_is_only_denied_has_no_appearance(monitor: Monitor) -> None:
    assert set(signed(monitor, "denied", "h-denied")["itemReviewed"]) == {"@type", "@id"}


@pytest.mark.parametrize("rating", ["0", "6", "true", "1.5"])
def test_a_rating_outside_the_scale_is_refused(rating: str, tmp_path: Path) -> None:
    from marsad.vocabulary.grades import SHIPPED

    path = tmp_path / "own.toml"
    text = (SHIPPED / "marsad-1.toml").read_text("utf-8")
    path.write_text(text.replace("rating = 5", f"rating = {rating}"), "utf-8")
    with pytest.raises(DataFileError, match="'rating' must be a whole number from 1 to 5"):
        load_rules(path)


# The feed


def entries(data: bytes) -> list[Any]:
    ATOM.assertValid(etree.fromstring(data))
    parsed = feedparser.parse(data)
    assert not parsed.bozo
    assert parsed.version == "atom10"
    return list(parsed.entries)


def test_the_feed_has_every_dispute_with_both_sides(monitor: Monitor) -> None:
    found = entries(written(monitor, "atom", as_of=at(6)))
    (dispute,) = monitor.disputes(at(6))
    (one,) = found
    assert one.id == f"tag:marsad,2026:proposition/{dispute.proposition}"
    assert one.title == "Northern Front captured Qarn"
    assert one.updated == "2021-03-01T11:00:00Z"
    assert {tag.term for tag in one.tags} == {"disputed", "capture"}
    body = one.content[0].value
    assert "They say so" in body
    assert "They deny it" in body
    assert "Our fighters have taken Qarn this morning." in body
    assert "internal 1" in body


def test_since_an_instant_the_feed_has_what_is_new_and_what_changed(tmp_path: Path) -> None:
    with opened(tmp_path) as held:
        new = entries(written(held, "atom", since=at(4), as_of=at(6)))
        assert ["A new dispute" in one.content[0].value for one in new] == [True]
        assert entries(written(held, "atom", since=at(6), as_of=at(6.5))) == []
        changed = entries(written(held, "atom", since=at(6), as_of=at(48)))
        assert any("The verdict was disputed, and is settled" in one.content[0].value for one in changed)


def test_ids_of_entries_stay_when_the_feed_is_written_again(tmp_path: Path) -> None:
    with opened(tmp_path) as held:
        early, late = [{one.id for one in entries(written(held, "atom", as_of=at(when)))} for when in (6, 7)]
        assert early <= late
        assert written(held, "atom", as_of=at(7)) == written(held, "atom", as_of=at(7))


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.seen.add(tag)


def test_strangers_words_are_text_in_the_feed(monitor: Monitor) -> None:
    deny(monitor)
    data = written(monitor, "atom", licence="CC BY 4.0", site="https://desk.example.org")
    ATOM.assertValid(etree.fromstring(data))
    bodies = [one.text for one in etree.fromstring(data).iter("{http://www.w3.org/2005/Atom}content")]
    assert any("&lt;b&gt;اليوم&lt;/b&gt; &amp; غداً" in body for body in bodies)
    for body in bodies:
        reader = Tags()
        reader.feed(body)
        assert reader.seen <= {"p", "h2", "ul", "li", "b", "q", "a"}


def deny(monitor: Monitor) -> None:
    """See that the Arabic words are of a dispute."""
    assert any("h-arabic" in one.reports for one in monitor.disputes())


def test_an_empty_feed_is_a_feed(tmp_path: Path) -> None:
    with Monitor.open(tmp_path / "new.marsad") as empty:
        assert entries(written(empty, "atom")) == []
        assert json.loads(written(empty, "annotations"))["total"] == 0


# All of them

FORMS = ("annotations", "atom", "claimreview", "geojson", "geoparquet", "kml")


@pytest.mark.parametrize("form", FORMS)
def test_what_is_made_to_be_passed_on_passes_the_public_policy_unless_told_otherwise(form: str) -> None:
    assert export_formats()[form].policy == "public"


@pytest.mark.parametrize("form", FORMS)
def test_the_same_monitor_gives_the_same_bytes_wherever_they_go(form: str, monitor: Monitor, tmp_path: Path) -> None:
    path = tmp_path / "out"
    monitor.export(form, path, policy="internal", as_of=at(50))
    assert path.read_bytes() == written(monitor, form, as_of=at(50))


@pytest.mark.parametrize("form", FORMS)
def test_every_file_says_its_policy_its_rules_and_its_licence(form: str, monitor: Monitor) -> None:
    data = written(monitor, form, licence="CC BY-SA 4.0")
    for words in (b"internal", b"marsad-1 1.0", b"CC BY-SA 4.0", b"coordinates are of GeoNames"):
        assert words in data


def test_the_command_writes_a_feed_with_its_publisher(monitor: Monitor, tmp_path: Path) -> None:
    out = tmp_path / "new.atom"
    options = ("--policy", "internal", "--publisher", "Example Desk", "--site", "https://desk.example.org/d")
    done = CliRunner().invoke(app, ["export", "atom", "--monitor", monitor.name, "--out", str(out), *options])
    assert done.exit_code == 0, done.output
    parsed = feedparser.parse(out.read_bytes())
    assert parsed.feed.author_detail.name == "Example Desk"
    assert parsed.feed.id == "tag:desk.example.org,2026:feed"
    assert all(entry.link.startswith("https://desk.example.org/d#p-") for entry in parsed.entries)
