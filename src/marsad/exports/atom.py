"""New disputes and changed verdicts as an Atom feed (RFC 4287), with both sides in their own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from itertools import chain
from typing import TYPE_CHECKING, Any

from lxml import etree

from marsad._version import __version__
from marsad.exports.iris import link_to
from marsad.exports.xmlwords import element
from marsad.outputs import headline, plain, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from marsad.exports.about import About
    from marsad.exports.account import Account
    from marsad.exports.holdings import Holdings, Matter, Word
    from marsad.exports.sinks import Sink
    from marsad.outputs import Picture

NAMESPACE = "http://www.w3.org/2005/Atom"
UNDATED = "nobody says when it was said"

_EVER = datetime(1970, 1, 1, tzinfo=UTC)  # when a feed was updated that has nothing in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A matter of which there is news, in a few words, and when the last word on it was said."""

    matter: Matter
    news: str
    updated: datetime


def write_atom(holdings: Holdings, sink: Sink, account: Account) -> None:
    """Write an entry a matter, the last spoken of first."""
    about = holdings.about
    found = sorted(_entries(holdings, account), key=lambda one: (-one.updated.timestamp(), one.matter.proposition.id))
    updated = max((one.updated for one in found), default=about.as_of or about.since or _EVER)
    with sink.file("feed.atom") as stream, etree.xmlfile(stream, encoding="UTF-8") as xml:
        xml.write_declaration()
        with xml.element(f"{{{NAMESPACE}}}feed", nsmap={None: NAMESPACE}):
            for part in chain(_head(about, updated), (_entry(one, holdings) for one in found)):
                xml.write(part)
    account.wrote("entries", len(found))


def _entries(holdings: Holdings, account: Account) -> Iterator[Entry]:
    """Yield the disputes, or with `since` those that are new and the verdicts that have changed."""
    disputed = {one.proposition for one in holdings.disputes()}
    before = holdings.before() if holdings.before else None
    for matter in holdings.matters():
        news = _news(matter, matter.proposition.id in disputed, before)
        said = [word.report.said for word in matter.words if word.report.said]
        if news and not said:
            account.left_out(matter.proposition.id, UNDATED)
        elif news:
            yield Entry(matter=matter, news=news, updated=max(said))


def _news(matter: Matter, disputed: bool, before: Picture | None) -> str | None:
    """Return what is new of a matter, None where nothing is."""
    name, stands = matter.proposition.id, matter.assessment.stands
    if before is None:
        return f"Disputed; the verdict is {stands}" if disputed else None
    if disputed and all(one.proposition != name for one in before.disputes):
        return f"A new dispute; the verdict is {stands}"
    was = before.assessments.get(name)
    return f"The verdict was {was.stands}, and is {stands}" if was and was.stands != stands else None


def _head(about: About, updated: datetime) -> Iterator[Any]:
    yield element("id", text=about.tag("feed", *(f"{name}/{value}" for name, value in about.filters)))
    yield element("title", text="What sources dispute")
    yield element("updated", text=_instant(updated))
    who = about.publisher or "Marsad"
    yield element("author", element("name", text=who), element("uri", text=about.site) if about.site else None)
    yield element("generator", text="Marsad", version=__version__)
    if about.site:
        yield element("link", rel="alternate", href=about.site)
    yield element("subtitle", text=about.sentences())
    if about.licence:
        yield element("rights", text=about.licence)


def _entry(one: Entry, holdings: Holdings) -> Any:
    about, name = holdings.about, one.matter.proposition.id
    addresses = dict.fromkeys(filter(None, (link_to(word.report.url) for word in one.matter.words)))
    site = element("link", rel="alternate", href=f"{about.site}#{name}") if about.site else None
    return element(
        "entry",
        element("id", text=about.tag("proposition", name)),
        element("title", text=headline(one.matter.proposition)),
        element("updated", text=_instant(one.updated)),
        element("category", term=one.matter.assessment.stands, scheme=about.tag("grade", about.rules.name)),
        element("category", term=one.matter.proposition.event, scheme=about.tag("event")),
        site,
        *(element("link", rel="related", href=address) for address in addresses),
        element("content", type="html", text=_content(one, holdings)),
    )


def _content(one: Entry, holdings: Holdings) -> str:
    """Return both sides in their own words, as HTML in which every stranger's word is escaped."""
    words, now = one.matter.words, holdings.picture()
    camps = {
        "They say so": [one for one in words if not one.denies],
        "They deny it": [one for one in words if one.denies],
    }
    told = "".join(f"<h2>{title}</h2><ul>{_list(camp, now)}</ul>" for title, camp in camps.items() if camp)
    by_hand = one.matter.assessment.by_hand
    signed = f"Graded {by_hand.grade} by {by_hand.user}: {by_hand.reason}" if by_hand else ""
    notes = (f"{one.news}.", signed, f"Policy {holdings.about.policy}.")
    first, *others = (f"<p>{escape(plain(note))}</p>" for note in notes if note)
    return "".join((first, told, *others))


def _list(words: Iterable[Word], now: Picture) -> str:
    return "".join(f"<li>{_said(word, now)}</li>" for word in words)


def _said(word: Word, now: Picture) -> str:
    said, report = quote(word.claim, now), word.report
    when = f", {said.said.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if said.said else ", no date"
    where = escape(plain(report.publisher or report.id))
    if address := link_to(report.url):
        where = f'<a href="{escape(address)}">{where}</a>'
    quoted = f"<q>{escape(plain(said.words))}</q> ({escape(word.claim.id)})"
    return f'<b dir="auto">{escape(plain(said.source))}</b>, in {where}{when}: {quoted}'


def _instant(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
