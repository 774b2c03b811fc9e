"""Verdicts that a person signed as ClaimReview (schema.org): a data feed with one review a proposition."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from marsad.exports.iris import link_to
from marsad.outputs import headline, quote
from marsad.serial import to_json
from marsad.vocabulary import BEST_RATING

if TYPE_CHECKING:
    from marsad.exports.about import About
    from marsad.exports.account import Account
    from marsad.exports.holdings import Holdings, Matter, Word
    from marsad.exports.sinks import Sink
    from marsad.records import HandGrade
    from marsad.theatre import Theatre

UNSIGNED = "no person has signed its verdict"

_NEVER = datetime.max.replace(tzinfo=UTC)


def write_claimreview(holdings: Holdings, sink: Sink, account: Account) -> None:
    """Write an item a proposition that a person graded, by id; all others are counted as left out."""
    about = holdings.about
    head = {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "name": "Verdicts signed by a person",
        "description": about.sentences(),
        "license": about.licence,
        "publisher": _organisation(about.publisher, about.site),
        "url": about.site,
    }
    with sink.file("claimreview.jsonld") as stream:
        stream.write(_written(_known(head))[:-1] + b',"dataFeedElement":[')
        number = 0
        for matter in holdings.matters():
            if matter.assessment.by_hand is None:
                account.left_out(matter.proposition.id, UNSIGNED)
                continue
            item = _item(matter, matter.assessment.by_hand, holdings)
            stream.write((b",\n" if number else b"\n") + _written(item))
            number += 1
            account.wrote("reviews")
        stream.write(b"\n]}\n")


def _item(matter: Matter, signed: HandGrade, holdings: Holdings) -> dict[str, Any]:
    about, name = holdings.about, matter.proposition.id
    desk = _organisation(about.publisher, about.site)
    review = {
        "@type": "ClaimReview",
        "@id": about.tag("review", signed.judgement),
        "url": f"{about.site}#{name}" if about.site else None,
        "claimReviewed": headline(matter.proposition),
        "datePublished": to_json(signed.made),
        "author": _known({"@type": "Person", "name": signed.user, "affiliation": desk}),
        "publisher": desk,
        "reviewBody": signed.reason,
        "reviewRating": _rating(signed, about),
        "itemReviewed": _claim(matter, holdings),
    }
    return {
        "@type": "DataFeedItem",
        "@id": about.tag("proposition", name),
        "dateCreated": to_json(signed.made),
        "item": _known(review),
    }


def _rating(signed: HandGrade, about: About) -> dict[str, Any]:
    """Return the grade in words, and as a number where the rule set says how true it makes a thing."""
    grade = about.rules.grades.get(signed.grade)
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": signed.grade}
    if grade is None:
        return rating
    rating["ratingExplanation"] = grade.what
    if grade.rating is not None:
        rating |= {"ratingValue": grade.rating, "bestRating": BEST_RATING, "worstRating": 1}
    return rating


def _claim(matter: Matter, holdings: Holdings) -> dict[str, Any]:
    """Return what was reviewed: who said it first, and where else it was said, in order of publication."""
    told = sorted((word for word in matter.words if not word.denies), key=lambda one: one.report.said or _NEVER)
    found: dict[str, Any] = {"@type": "Claim", "@id": holdings.about.tag("claim", matter.proposition.id)}
    if told:
        seen = [_appearance(word, holdings) for word in told]
        found |= {
            "author": _author(told[0], holdings.theatre),
            "datePublished": to_json(told[0].report.said),
            "firstAppearance": seen[0] if told[0].report.said else None,
            "appearance": seen[1:] if told[0].report.said else seen,
        }
    return _known(found)


def _appearance(word: Word, holdings: Holdings) -> dict[str, Any]:
    report = word.report
    return _known(
        {
            "@type": "CreativeWork",
            "@id": holdings.about.tag("report", report.id),
            "url": link_to(report.url),
            "headline": report.title,
            "publisher": _organisation(report.publisher or ""),
            "datePublished": to_json(report.said),
            "text": quote(word.claim, holdings.picture()).words,
        }
    )


def _author(word: Word, theatre: Theatre | None) -> dict[str, Any]:
    """Return who vouches for a claim: the speaker with the body that it speaks for, else the body or the publisher."""
    claim = word.claim
    source = (word.report.narrator or word.report.id) if claim.source == "narrator" else claim.source
    known = theatre.actor(source) if theatre else None
    if claim.speaker and claim.speaker != source:
        return {"@type": "Person", "name": claim.speaker, "affiliation": _organisation(source)}
    person = claim.speaker or (known is not None and known.kind == "person")
    return {"@type": "Person", "name": source} if person else {"@type": "Organization", "name": source}


def _organisation(name: str, site: str = "") -> dict[str, Any] | None:
    return _known({"@type": "Organization", "name": name, "url": site}) if name else None


def _known(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without what is not known."""
    return {name: value for name, value in row.items() if value not in (None, "", [])}


def _written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
