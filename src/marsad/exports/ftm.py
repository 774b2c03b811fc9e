"""FollowTheMoney: events, reports, parties and places as entities, and who says what of them as statements.

Who says so is a dataset. What some say and others say otherwise are two statements by two datasets; what is denied is
no statement on the event, but a note on it in the words of who denies it; so is what Marsad counts for it though it was
said of something else. What nobody affirms is no event.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from marsad.exports.ftm_book import Book, dataset_of, instant
from marsad.exports.ftm_words import load_ftm
from marsad.exports.spreadsheets import csv_rows
from marsad.ids import identifier
from marsad.linking import speaker_of
from marsad.outputs import headline, passage_of, place_name
from marsad.records import Certainty, Stance
from marsad.theatre import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marsad.exports.account import Account
    from marsad.exports.ftm_book import Statement
    from marsad.exports.holdings import Holdings, Matter, Word
    from marsad.exports.sinks import Sink
    from marsad.records import Claim, Interval, Place, Report

COLUMNS = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang", "original_value",
    "external", "first_seen", "last_seen", "id",
)  # fmt: skip
"""The columns of a statement CSV, as followthemoney reads and writes them."""

_AFFIRMS = frozenset({Stance.ASSERTS, Stance.CONCEDES, Stance.RELAYS})
_ASSIGNABLE = re.compile(r"AA|Q[M-Z]|X[A-JL-Z]|ZZ")  # ISO 3166-1 codes that stand for no country; XK is Kosovo's
_COUNTED = ("killed", "wounded", "detained", "displaced")


def write_ftm(holdings: Holdings, sink: Sink, account: Account) -> None:
    """Write a line of JSON for each entity, by id."""
    with sink.file("entities.ftm.json") as stream:
        for entity, statements in _Gathering(holdings, account).made().entities():
            stream.write((json.dumps(_entity(entity, statements), ensure_ascii=False) + "\n").encode())
            account.wrote("entities")


def write_statements(holdings: Holdings, sink: Sink, account: Account) -> None:
    """Write a row for each statement, by entity, property, value and dataset."""
    with sink.file("statements.csv") as stream, csv_rows(stream, COLUMNS) as put:
        for _, statements in _Gathering(holdings, account).made().entities():
            for one in statements:
                put(one.row())
                account.wrote("statements")


def _entity(entity: str, statements: Sequence[Statement]) -> dict[str, object]:
    properties: dict[str, list[str]] = {}
    for one in statements:
        values = properties.setdefault(one.prop, [])
        if one.value not in values:
            values.append(one.value)
    first, last = ([when for one in statements if (when := getattr(one, end))] for end in ("first", "last"))
    return {
        "id": entity,
        "schema": statements[0].schema,
        "properties": properties,
        "datasets": sorted({one.dataset for one in statements}),
        "first_seen": instant(min(first, default=None)),
        "last_seen": instant(max(last, default=None)),
    }


class _Gathering:
    """Turns what may leave into statements."""

    def __init__(self, holdings: Holdings, account: Account) -> None:
        self._holdings = holdings
        self._account = account
        self._now = holdings.picture()
        self._book = Book()

    def made(self) -> Book:
        """Return all statements."""
        self._about()
        told: set[str] = set()
        for matter in self._holdings.matters():
            told |= {word.claim.id for word in matter.words}
            self._matter(matter)
        asked = self._holdings.asked()
        for claim in self._now.claims:
            if claim.id not in told and (asked is None or claim.id in asked):
                self._account.left_out(claim.id, "planned or supposed: nobody says that it was so")
        return self._book

    def _about(self) -> None:
        row = self._holdings.about.row()
        text = "; ".join(f"{name}: {value}" for name, value in row.items() if name != "format" and value)
        entity = identifier("marsad-about", text)
        self._book.say(entity, "Note", "name", "What these data are")
        self._book.say(entity, "Note", "description", text)
        self._book.say(entity, "Note", "publisher", f"Marsad {row['marsad']}")

    def _matter(self, matter: Matter) -> None:
        """State an event by the word of those who affirm it, and note every word on it."""
        proposition, verdict = matter.proposition, matter.assessment
        event = f"marsad-{proposition.id}"
        why = {member.claim: member.reasons for member in proposition.members}
        affirmed = [word for word in matter.words if word.stance in _AFFIRMS and not why[word.claim.id]]
        if affirmed:
            by = f"Verdict by {verdict.rule_set} {verdict.rule_version}"
            self._book.say(event, "Event", "keywords", f"verdict: {verdict.stands}")
            self._book.say(event, "Event", "summary", f"{by}: {verdict.stands}. {' '.join(verdict.working)}")
        else:
            self._account.left_out(proposition.id, "nobody affirms it in words, as an event would; its notes are here")
        for word in affirmed:
            dataset = self._dataset(word.claim)
            self._book.say(event, "Event", "name", headline(proposition), dataset=dataset, word=word)
            self._event(event, word, dataset)
        place = proposition.place
        on = event if affirmed else self._address(place) if place else None
        for word in matter.words:
            self._note(word, f"{headline(proposition)} ({'; '.join((proposition.id, *why[word.claim.id]))})", on)

    def _event(self, event: str, word: Word, dataset: str) -> None:
        """State what one claim says of its event."""
        claim = word.claim

        def say(prop: str, value: str | None, lang: str | None = None) -> None:
            self._book.say(event, "Event", prop, value, dataset=dataset, word=word, lang=lang)

        say("proof", self._article(word.report))
        say("keywords", claim.event)
        if claim.certainty is not Certainty.CERTAIN:
            say("keywords", f"certainty: {claim.certainty.value}")
        for prop, value in _days(claim.interval):
            say(prop, value)
        for name in (claim.agent, claim.target):
            if name is not None:
                say("involved", self._actor(name))
        for name in _COUNTED:
            count = getattr(claim.counts, name)
            if count is not None:
                low, high = ("?" if bound is None else f"{bound}" for bound in (count.low, count.high))
                say("notes", f"{name}: {low if low == high else f'{low} to {high}'} ({claim.id})")
        if claim.place is not None:
            say("location", place_name(claim.place), word.report.language)
            say("addressEntity", self._address(claim.place))
            say("country", _country(claim.place))

    def _note(self, word: Word, what: str, on: str | None) -> None:
        """Note a claim's own words, and how it stands to an event, or where there is none to a place."""
        claim, report = word.claim, word.report
        note, dataset = f"marsad-{claim.id}", self._dataset(claim)
        span = passage_of(claim, report)
        who = (report.narrator or report.id) if claim.source == "narrator" else claim.source
        said = instant(report.said) or "at an unknown time"

        def say(prop: str, value: str | None, lang: str | None = None) -> None:
            self._book.say(note, "Note", prop, value, dataset=dataset, word=word, lang=lang)

        say("description", report.text[span.start : span.end], report.language)
        say("summary", f"{who}, {said}, {word.stance.value}, {claim.certainty.value}: {what}")
        say("publisher", who)
        say("entity", on)
        say("proof", self._article(report))
        self._actor(who)

    def _dataset(self, claim: Claim) -> str:
        """Return the dataset of whoever vouches for a claim; a source without a name is another in each report."""
        now = self._now
        speaker = speaker_of(claim, now.report_by_id, now.origins, self._holdings.theatre)
        return dataset_of(speaker.voice if speaker.unnamed else speaker.name)

    def _article(self, report: Report) -> str:
        article = identifier("marsad-r", report.id)
        if article in self._book:
            return article
        address = report.url if report.url and report.url.startswith(("https://", "http://")) else None
        values = {
            "title": report.title or report.id,
            "publisher": report.publisher,
            "publishedAt": instant(report.published),
            "modifiedAt": instant(report.updated),
            "retrievedAt": instant(report.retrieved),
            "sourceUrl": address,
            "language": load_ftm().languages.get(report.language or ""),
            "notes": f"Report {report.id}; SHA-256 of its text: {report.sha256}",
        }
        for prop, value in values.items():
            self._book.say(article, "Article", prop, value, lang=report.language if prop == "title" else None)
        for author in report.authors:
            self._book.say(article, "Article", "author", author)
        return article

    def _actor(self, name: str) -> str:
        words, theatre = load_ftm(), self._holdings.theatre
        actor = theatre.actor(name) if theatre else None
        canonical = actor.name if actor else name
        entity = identifier("marsad-a", fold(canonical))
        schema = words.actors[actor.kind if actor else "unknown"]
        if entity not in self._book:
            self._book.say(entity, schema, "name", canonical)
            for alias in actor.aliases if actor else ():
                self._book.say(entity, schema, "alias", alias)
            if actor and actor.side:
                self._book.say(entity, schema, "notes", f"Side: {actor.side}")
            self._book.say(entity, schema, "notes", f"Its own word is the dataset {dataset_of(canonical)}")
        return entity

    def _address(self, place: Place) -> str:
        known = place.gazetteer_id if not place.relation else None
        address = identifier("marsad-l", known or f"{place_name(place)} {place.lat} {place.lon}")
        if address not in self._book:
            name = place.canonical if known and place.canonical else place_name(place)
            for prop, value in (
                ("name", name),
                ("full", name),
                ("country", _country(place)),
                ("latitude", None if place.lat is None else str(place.lat)),
                ("longitude", None if place.lon is None else str(place.lon)),
            ):
                self._book.say(address, "Address", prop, value)
        return address


def _days(when: Interval) -> list[tuple[str, str | None]]:
    start, end = (day.isoformat() if day else None for day in (when.start, when.end))
    return [("date", start)] if start == end else [("startDate", start), ("endDate", end)]


def _country(place: Place) -> str | None:
    """Return the country of a place as FollowTheMoney writes it, None where its code is nobody's."""
    code = place.country
    return code.lower() if code and not _ASSIGNABLE.fullmatch(code) else None
