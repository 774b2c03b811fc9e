"""Live blogs: their entries, from the data of the page, else from containers that repeat under clocks of their own."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from marsad.intake import jsonld
from marsad.intake.addresses import address, same_page
from marsad.intake.entryclocks import Clock, ago, clock_of, dated, only_ago, zone_told
from marsad.intake.pagedates import When, later, when
from marsad.intake.pagenames import plain
from marsad.intake.pagetext import blocks, body_paragraphs, class_words, text_of
from marsad.intake.pagewords import letters, page_words
from marsad.intake.timelines import divided

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, tzinfo

    from lxml.html import HtmlElement

    from marsad.intake.jsonld import Thing

_MAX_ENTRIES = 1_500
_SAFE_ID = re.compile(r"[A-Za-z0-9][\w.:-]{2,79}")
_STAMPS = ("data-timestamp", "data-time", "data-date", "data-published", "data-datetime", "data-utc", "data-created")
_ENTRY = frozenset({"article", "div", "li", "section", "p", "tr", "dd"})
_MARKS = frozenset({"time", "i", "em", "b", "strong", "small", "span", "div", "p", "a", "h2", "h3", "h4", "td", "dt"})
_SHORT = 60
_LEAST_TEXT = 20
_SHARE = 0.5
_MUCH_MORE = 1.5
_DAYS = 14
_OUTWARDS = 8
_DAY_LINE = 40


@dataclass(frozen=True, slots=True)
class Blog:
    """What is known of a page that may be a live blog."""

    article: Thing
    published: When | None
    updated: When | None
    url: str | None
    title: str
    retrieved: datetime | None
    zone: tzinfo | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: what it says, and when; `id` is the page's name for it, else made of its time and headline."""

    id: str
    title: str | None
    text: str
    published: When | None
    updated: When | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A container with what tells its time: an instant, or a clock without a day."""

    element: HtmlElement
    mark: HtmlElement
    told: When | None
    clock: Clock | None


def entries_of(tree: HtmlElement, blog: Blog) -> tuple[Entry, ...]:
    """Return the entries of a live blog in the order of the page, none where a page is no live blog.

    Those of its data go before those that it shows, unless these are as many and say much more.
    """
    told, shown = _from_data(blog), tuple(_distinct(_containers(tree, blog)))
    if len(told) < 2:
        return shown or told
    longer = sum(len(one.text) for one in shown) > _MUCH_MORE * sum(len(one.text) for one in told)
    return shown if longer and len(shown) >= len(told) else told


def _from_data(blog: Blog) -> tuple[Entry, ...]:
    if "liveblogposting" not in jsonld.types_of(blog.article):
        return ()
    found = []
    for one in jsonld.things(blog.article.get("liveBlogUpdate"))[:_MAX_ENTRIES]:
        written = next(
            (words for name in ("articleBody", "text", "description") if (words := jsonld.text(one.get(name)))), ""
        )
        title = plain(jsonld.text(one.get("headline")) or jsonld.text(one.get("name")), 500)
        paragraphs = [piece for piece in body_paragraphs(written) if letters(piece) != letters(title or "")]
        body = "\n\n".join(paragraphs) or title or ""
        if not any(map(str.isalnum, body)):
            continue
        published = when(jsonld.text(one.get("datePublished")) or jsonld.text(one.get("dateCreated")), blog.retrieved)
        changed = when(jsonld.text(one.get("dateModified")), blog.retrieved)
        named = (plain(name) for name, _ in jsonld.named(one.get("author"), ()))
        authors = tuple(name for name in named if name and "://" not in name)
        link = jsonld.text(one.get("url")) or jsonld.text(one.get("@id")) or jsonld.text(one.get("identifier"))
        found.append(
            Entry(
                id=_own_id(link, blog) or _hashed(published, title or body),
                title=title,
                text=body,
                published=published,
                updated=later(published, changed),
                authors=authors,
            )
        )
    return tuple(_distinct(found))


def _own_id(link: str | None, blog: Blog) -> str | None:
    """Return the name that an address or an id gives an entry: what follows `#`, else the last part of its path."""
    if not link:
        return None
    before, _, name = link.rpartition("#")
    if not name or (not before and "/" in name):
        name = link.rstrip("/").rsplit("/", 1)[-1]
        if (whole := address(link)) and blog.url and same_page(whole, blog.url):
            return None  # the address of the blog itself, the same for all
    return name if _SAFE_ID.fullmatch(name) else None


def _hashed(published: When | None, words: str) -> str:
    return hashlib.sha256(f"{published}\0{words}".encode()).hexdigest()[:12]


def _distinct(entries: Sequence[Entry]) -> list[Entry]:
    """Return entries once each; another text under the same name gets one of its own."""
    kept: dict[str, Entry] = {}
    for one in entries:
        same = kept.get(one.id)
        if same is None:
            kept[one.id] = one
        elif same.text != one.text:
            name = _hashed(one.published, one.text)
            kept.setdefault(
                name, Entry(id=name, title=one.title, text=one.text, published=one.published, authors=one.authors)
            )
    return list(kept.values())


def _containers(tree: HtmlElement, blog: Blog) -> list[Entry]:
    """Return the entries of the largest group of alike containers under clocks that hold most of a page."""
    body = tree.find("body") if tree.find("body") is not None else tree
    total = sum(len(text_of(one)) for one in body.iter("p", "li") if one.find(".//p") is None)
    least = 2 if _is_live(tree, blog) else 3
    for group in sorted(_groups(divided(body)), key=len, reverse=True)[:8]:
        entries = [one for one in group if not _is_teaser(one.element, blog)]
        if len(entries) < least or 10 * len(entries) < 7 * len(group):
            continue
        made = _entries(entries, blog)
        words = sum(len(one.text) for one in made)
        days = [one.published.day for one in made if one.published]
        if len(made) < least or not days or (max(days) - min(days)).days > _DAYS:
            continue
        if words >= _SHARE * total and (least == 2 or words >= len(made) * _SHORT):
            return made
    return []


def _is_live(tree: HtmlElement, blog: Blog) -> bool:
    """Return whether data, address, headline or classes call a page live."""
    if "liveblogposting" in jsonld.types_of(blog.article):
        return True
    live = page_words().live
    parts = set(re.split(r"[^a-z0-9]+", (blog.url or "").lower())) | set(re.split(r"\W+", blog.title.casefold())[:3])
    if parts & live:
        return True
    return any(class_words(one) & (live - {"live"}) for one in tree.iter("body", "main", "article", "section", "div"))


def _groups(body: HtmlElement) -> list[list[_Found]]:
    """Return the containers of every mark of a time, alike ones under one parent or grandparent together."""
    groups: dict[tuple[HtmlElement, str, str], dict[HtmlElement, _Found]] = {}
    for mark, told, clock in _marks(body)[: 2 * _MAX_ENTRIES]:
        one: HtmlElement | None = mark
        for _ in range(_OUTWARDS):
            if one is None or one is body:
                break
            parent = one.getparent()
            if one.tag in _ENTRY and parent is not None:
                key = (parent, one.tag, (one.get("class") or "").split(" ")[0])
                group = groups.setdefault(key, {})
                if one not in group or _tells_more(told, clock, group[one]):
                    group[one] = _Found(one, mark, told, clock)
            one = parent
    return [list(group.values()) for group in groups.values() if len(group) >= 2]


def _tells_more(told: When | None, clock: Clock | None, known: _Found) -> bool:
    """Return whether a mark tells more than the one that is known: an instant more than a clock."""
    if told and told.instant:
        return known.told is None or known.told.instant is None
    return known.told is None and known.clock is None and (told is not None or clock is not None)


def _marks(body: HtmlElement) -> list[tuple[HtmlElement, When | None, Clock | None]]:
    found: list[tuple[HtmlElement, When | None, Clock | None]] = []
    for one in body.iter():
        if not isinstance(one.tag, str):
            continue
        told = next(
            (instant for name in ("datetime", *_STAMPS) if (instant := when(one.get(name))) and instant.instant), None
        )
        if told:
            found.append((one, told, None))
        elif len(one) == 0 and one.tag in _MARKS:
            words = " ".join((one.text or "").split())
            if 3 < len(words) <= 40 and _is_clock(words) and (clock := clock_of(words)):
                found.append((one, when(one.get("datetime")), clock))
            elif only_ago(words):
                found.append((one, None, None))
    return found


def _is_clock(words: str) -> bool:
    """Return whether words are hardly more than a time: few letters beside it."""
    return sum(1 for one in words if one.isalpha()) <= 14


def _is_teaser(element: HtmlElement, blog: Blog) -> bool:
    """Return whether a container leads to another page: the link of its heading, or all that it says."""
    words = len(text_of(element))
    for link in element.iter("a"):
        target = address(link.get("href"), blog.url or "https://page.invalid/")
        if target is None or (link.get("href") or "").startswith("#") or (blog.url and _below(target, blog.url)):
            continue
        headed = link.find(".//h2") is not None or link.find(".//h3") is not None
        headed = headed or any(
            above.tag in {"h1", "h2", "h3", "h4"} for above in link.iterancestors() if above is not element
        )
        if headed or 2 * len(text_of(link)) > words:
            return True
    return False


def _below(target: str, page: str) -> bool:
    """Return whether an address is that of a page, or of a part of it."""
    return same_page(target, page) or target.startswith(re.split(r"[?#]", page, maxsplit=1)[0].rstrip("/") + "/")


def _entries(found: Sequence[_Found], blog: Blog) -> list[Entry]:
    loose = frozenset(at for at, one in enumerate(found) if class_words(one.element) & page_words().pinned)
    clocks = [one.clock for one in found]
    zone = zone_told(blog.published, clocks, blog.zone)
    days: Sequence[When | None] = [None] * len(found)
    if blog.published and any(clocks):
        first = (
            blog.published.instant.astimezone(zone).date() if blog.published.instant and zone else blog.published.day
        )
        changed = blog.updated
        last = (
            changed.instant.astimezone(zone).date()
            if changed and changed.instant and zone
            else changed.day
            if changed
            else None
        )
        days = dated(clocks, first, last, zone, loose=loose)
        days = _not_ahead(_under_days(found, days, zone), blog.retrieved)
    made = []
    for one, day in zip(found, days, strict=True):
        told = one.told if one.told and one.told.instant else day or one.told or ago(text_of(one.mark), blog.retrieved)
        if told is not None and (entry := _entry(one, told)):
            made.append(entry)
    return made


def _under_days(found: Sequence[_Found], days: Sequence[When | None], zone: tzinfo | None) -> Sequence[When | None]:
    """Return the times of entries, on the day of the heading above each where headings of several days part them."""
    places = {one.element: at for at, one in enumerate(found)}
    root = found[0].element.getroottree().getroot()
    above: dict[int, date] = {}
    day: date | None = None
    for one in root.iter():
        if one in places:
            if day is not None:
                above[places[one]] = day
        elif isinstance(one.tag, str) and len(one) == 0 and _is_day(words := text_of(one)) and (told := when(words)):
            day = told.day
    if len(set(above.values())) < 2 or len(above) < len(found):
        return days
    made: list[When | None] = []
    for at, one in enumerate(found):
        known = (one.clock.zone or zone) if one.clock else None
        instant = datetime.combine(above[at], one.clock.time, known) if one.clock and known else None
        made.append(When(above[at], instant))
    return made


def _is_day(words: str) -> bool:
    return 6 <= len(words) <= _DAY_LINE and any(map(str.isdigit, words)) and clock_of(words) is None


def _not_ahead(days: Sequence[When | None], retrieved: datetime | None) -> Sequence[When | None]:
    """Return times a day earlier where the last would lie ahead: the day that was known is that of the last entry."""
    late = [one.instant for one in days if one and one.instant and retrieved and one.instant > retrieved]
    if not late:
        return days
    back = timedelta(days=1)
    return [one and When(one.day - back, one.instant - back if one.instant else None) for one in days]


def _entry(found: _Found, told: When) -> Entry | None:
    element = found.element
    heading = next(
        (
            one
            for one in element.iter("h1", "h2", "h3", "h4", "h5")
            if one is not found.mark and not _is_clock_only(one)
        ),
        None,
    )
    title = plain(text_of(heading), 500) if heading is not None else None
    names = [
        plain(text_of(one))
        for one in element.xpath(
            ".//*[@rel='author' or @itemprop='author' or contains(@class,'author') or contains(@class,'byline')]"
        )
    ]
    mark = " ".join(text_of(found.mark).split()) if found.mark is not element else ""
    skipped = {letters(one) for one in (title, mark, *names) if one}
    pieces = [piece for piece in blocks(element) if not _is_clock_only_words(piece) and letters(piece) not in skipped]
    pieces = [piece for piece in pieces if not (mark and len(piece) <= _SHORT and piece.endswith(mark))]
    pieces = [piece.removeprefix(mark).lstrip(" \n-–—:|•,") if mark else piece for piece in pieces]
    pieces = [
        piece for piece in pieces if any(map(str.isalnum, piece)) and letters(piece) not in page_words().stray_lines
    ]
    body = "\n\n".join(pieces) or title or ""
    if len(body) < _LEAST_TEXT:
        return None
    own = next(
        (
            value
            for name in ("id", "data-id", "data-entry-id", "data-post-id", "data-block-id")
            if (value := element.get(name)) and _SAFE_ID.fullmatch(value)
        ),
        None,
    )
    return Entry(
        id=own or _hashed(told, title or body),
        title=title,
        text=body,
        published=told,
        authors=tuple(dict.fromkeys(re.sub(r"^By\s+", "", one) for one in names if one and len(one) <= 80)),
    )


def _is_clock_only(element: HtmlElement) -> bool:
    return _is_clock_only_words(text_of(element))


def _is_clock_only_words(words: str) -> bool:
    return only_ago(words) or (len(words) <= 40 and _is_clock(words) and clock_of(words) is not None)
