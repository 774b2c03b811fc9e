"""What a page says of itself: headline, publisher, authors, dates, language, address and whose copy it carries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from htmldate import find_date

from marsad.intake import jsonld
from marsad.intake.addresses import address, host_of, normalised, same_page
from marsad.intake.lines import people
from marsad.intake.pagedates import When, first_told, later, when
from marsad.intake.pagehead import head_of, only_zone
from marsad.intake.pagenames import MAX_TITLE, headline, plain, shown_by, site_name
from marsad.intake.pagetext import text_of
from marsad.intake.pagewords import letters, page_words
from marsad.intake.storypart import pieces_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime, tzinfo

    from lxml.html import HtmlElement

    from marsad.intake.jsonld import Thing
    from marsad.intake.pagenames import Shown

_LINE = 60
_BEGUN = 200
_BY = re.compile(r"^(?:by|von|par|por|بقلم|автор:?)\s+", re.IGNORECASE)
_PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date",
    "dcterms.date", "dc.date.created", "article_date_original", "publishdate", "publish-date", "pubdate",
    "date_published",     "publication_date", "originalpublicationdate", "cdate", "date",
)  # fmt: skip
_CHANGED = (
    "article:modified_time", "og:updated_time", "og:modified_time", "article:modified", "datemodified",
    "dcterms.modified",     "dc.date.modified", "lastmod", "last-modified", "revised",
)  # fmt: skip
_CREDITS = (
    "syndication-source-name",
    "article:source",
    "news_source",
    "dc.source",
    "dcterms.source",
    "copyright-agency",
)
_AGE = "2100-01-01"
_TELLING = 40  # letters from which the words of a text tell its language
_SAMPLE = 2000
_LIKELY = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class PageData:
    """What a page says of itself; unknown where it does not."""

    title: str
    publisher: str | None
    authors: tuple[str, ...]
    agencies: tuple[str, ...]
    published: When | None
    updated: When | None
    language: str | None
    url: str | None
    bodies: tuple[str, ...]
    article: Thing
    zone: tzinfo | None


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a page's data is read from: its tree, its structured data, the address it was fetched from, and when."""

    tree: HtmlElement
    things: tuple[Thing, ...]
    fetched: str | None
    saved_from: str | None
    latest: datetime | None


def page_data(page: Sources) -> PageData:
    """Return what the page says of itself."""
    meta = _meta(page.tree)
    url = _address(page, meta)
    article = _article(page, url)
    shown = shown_by(page.tree, pieces_of(page.tree), url)
    publisher = _publisher(page, meta, article, shown, url)
    published = _published(page, meta, article)
    changed = first_told(when(one, page.latest) for one in _dates(page.tree, meta, article, "dateModified", _CHANGED))
    authors, bodies = _authors(page, meta, article, publisher)
    title, language = _title(page, meta, article, publisher, shown), _language(page, meta, article, shown)
    head = head_of(shown.pieces, title, publisher, page.tree.get("lang") or language, page.latest)
    published = _finer(published, head.published or head.updated)
    return PageData(
        title=title,
        publisher=publisher,
        authors=authors or tuple(name for name in head.authors if letters(name) != letters(publisher or "")),
        agencies=tuple(dict.fromkeys((*bodies, *_credits(page, meta, article, publisher)))),
        published=published,
        updated=later(published, _finer(changed, head.updated)),
        language=language,
        url=normalised(url) if url else None,
        bodies=jsonld.texts(article.get("articleBody")),
        article=article,
        zone=only_zone(shown.pieces),
    )


def _finer(told: When | None, shown: When | None) -> When | None:
    """Return the date that a page's data tells, or what it shows where that is the same day and has a time."""
    if told is None or shown is None or told.instant:
        return told or shown
    return shown if shown.instant and abs((shown.day - told.day).days) <= 1 else told


def visible_day(tree: HtmlElement, url: str | None, latest: datetime | None) -> When | None:
    """Return the day that a cleaned tree shows its reader, or that its address holds; None where there is none."""
    try:
        day = find_date(
            tree,
            extensive_search=False,
            original_date=True,
            url=url,
            min_date="1990-01-01",
            max_date=latest.date().isoformat() if latest else _AGE,
        )
    except (ValueError, TypeError, AttributeError, OverflowError):
        day = None
    return when(day, latest) or next(filter(None, (when(one, latest) for one in _dated_lines(tree))), None)


def _dated_lines(tree: HtmlElement) -> Iterator[str]:
    """Yield the short pieces of text with digits before the article has really begun, which may be dates."""
    passed = 0
    for written in tree.itertext():
        words = " ".join(written.split())
        passed += len(words) if len(words) > _LINE else 0
        if passed > _BEGUN:
            return
        if 8 <= len(words) <= _LINE // 2 + len("28 September 2031") and any(map(str.isdigit, words)):
            yield words


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    """Return the contents of the meta elements by lower-case name."""
    found: dict[str, list[str]] = {}
    for one in tree.iter("meta"):
        name = one.get("property") or one.get("name") or one.get("itemprop")
        if name and (content := (one.get("content") or "").strip()):
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _first(meta: dict[str, list[str]], *names: str) -> Iterator[str]:
    for name in names:
        yield from meta.get(name, [])


def _address(page: Sources, meta: dict[str, list[str]]) -> str | None:
    """Return the address that counts: the page's own, if it is of the site that it was fetched from."""
    base = address(page.fetched) or address(page.saved_from)
    links = [one.get("href") for one in page.tree.iter("link") if "canonical" in (one.get("rel") or "").lower().split()]
    told = [address(one, base) for one in (*links, *_first(meta, "og:url"))]
    for one in told:
        if one and (base is None or (host_of(one) == host_of(base) and not (_is_root(one) and not _is_root(base)))):
            return one
    if base:
        return base
    things = (one for one in page.things if jsonld.is_article(one))
    return next((found for one in things if (found := address(jsonld.text(one.get("url"))))), None)


def _is_root(url: str) -> bool:
    return url.split("//", 1)[-1].partition("/")[2].strip("/") == ""


def _article(page: Sources, url: str | None) -> Thing:
    """Return the object that describes this page's article, an empty one where none does."""
    some = [one for one in page.things if jsonld.is_article(one)]
    if url:
        for one in some:
            pages = (*jsonld.texts(one.get("url")), *jsonld.texts(one.get("mainEntityOfPage")))
            pages += tuple(str(inner.get("@id")) for inner in jsonld.things(one.get("mainEntityOfPage")))
            if any((found := address(name, url)) and same_page(found, url) for name in pages):
                return one
    heads = {letters(text_of(one)) for one in page.tree.iter("h1")} - {""}
    own = (one for one in some if letters(jsonld.text(one.get("headline")) or "") in heads)
    live = (one for one in some if "liveblogposting" in jsonld.types_of(one))
    return next(own, None) or next(live, None) or next(iter(some), {})


def _title(page: Sources, meta: dict[str, list[str]], article: Thing, publisher: str | None, shown: Shown) -> str:
    """Return the headline as the page shows it or its data gives it."""
    host = host_of(page.fetched or page.saved_from)
    site = {letters(one) for one in (publisher or "", *meta.get("og:site_name", []), host, *shown.home) if one}
    site |= {letters(host.rsplit(".", 1)[0])} - {""}
    data = [plain(jsonld.text(article.get("headline")), MAX_TITLE)]
    data += [plain(one, MAX_TITLE) for one in _first(meta, "og:title", "twitter:title", "dc.title", "headline")]
    return headline(shown, [one for one in data if one], _titles(page), site)


def _titles(page: Sources) -> list[str]:
    return [words for one in page.tree.iter("title") if (words := plain(one.text_content(), MAX_TITLE))][:1]


def _publisher(page: Sources, meta: dict[str, list[str]], article: Thing, shown: Shown, url: str | None) -> str | None:
    bodies = (name for name, _ in jsonld.named(article.get("publisher"), page.things))
    sites = (one for one in page.things if {"website", "newsmediaorganization"} & set(jsonld.types_of(one)))
    marked = page.tree.xpath("//*[@itemprop='publisher']//*[@itemprop='name']")
    candidates = (
        *_first(meta, "og:site_name"),
        *bodies,
        *_first(meta, "application-name", "apple-mobile-web-app-title", "dc.publisher", "dcterms.publisher"),
        *(name for one in sites for name in jsonld.texts(one.get("name"))),
        *(one.get("content") or text_of(one) for one in marked),
    )
    told = next((name for one in candidates if (name := plain(one)) and not _is_link(name)), None)
    return told or site_name(shown, _titles(page), url)


def _is_link(name: str) -> bool:
    return name.startswith("@") or "://" in name or name.lower().startswith("www.")


def _authors(
    page: Sources, meta: dict[str, list[str]], article: Thing, publisher: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who wrote it, and the bodies among them that are neither the publisher nor a desk of it."""
    told = jsonld.named(article.get("author") or article.get("creator"), page.things)
    if not told:
        names = [*_first(meta, "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "byl")]
        marked = page.tree.xpath("//*[@itemprop='author']|//a[@rel='author']|//*[contains(@class,'byline__name')]")
        names = names or [one.get("content") or _marked_name(one) for one in marked[:20]]
        told = tuple((name, {}) for name in names)
    authors: list[str] = []
    bodies: list[str] = []
    for written, thing in told[:20]:
        name = plain(_BY.sub("", plain(written) or ""))
        if not name or _is_link(name) or "/" in name or letters(name) == letters(publisher or ""):
            continue
        if name.casefold() in page_words().accounts:
            continue
        if len(several := people(name)) > 1:
            authors += several
            continue
        kinds = jsonld.types_of(thing)
        is_body = any(one.endswith("organization") for one in kinds) and "person" not in kinds
        if is_body and page_words().house.isdisjoint(name.casefold().split()):
            bodies.append(name)
        else:
            authors.append(name)
    return tuple(dict.fromkeys(authors)), tuple(bodies)


def _marked_name(element: HtmlElement) -> str:
    name = element.find(".//*[@itemprop='name']")
    return text_of(element if name is None else name)


def _credits(page: Sources, meta: dict[str, list[str]], article: Thing, publisher: str | None) -> list[str]:
    """Return the agencies that the data of a page credits with its copy."""
    found = [name for name, _ in jsonld.named(article.get("sourceOrganization"), page.things)]
    found += [*jsonld.texts(article.get("creditText")), *_first(meta, *_CREDITS)]
    names = [name for one in found if (name := plain(one)) and not _is_link(name)]
    return [name for name in names if letters(name) != letters(publisher or "")]


def _dates(
    tree: HtmlElement, meta: dict[str, list[str]], article: Thing, name: str, metas: Iterable[str]
) -> list[str | None]:
    """Return the dates of one kind that the page's data holds, the most trusted first."""
    marked = tree.xpath(f"//*[@itemprop='{name}']")
    return [
        jsonld.text(article.get(name)),
        *_first(meta, *metas),
        *(one.get("datetime") or one.get("content") or _titled(one) or text_of(one) for one in marked[:5]),
    ]


def _titled(element: HtmlElement) -> str | None:
    """Return what an abbreviation stands for, which is how old pages give an instant."""
    return element.get("title") if element.tag == "abbr" else None


def _published(page: Sources, meta: dict[str, list[str]], article: Thing) -> When | None:
    told = _dates(page.tree, meta, article, "datePublished", _PUBLISHED)
    told += [jsonld.text(article.get(name)) for name in ("dateCreated", "uploadDate", "coverageStartTime")]
    told += [
        one.get("datetime")
        for one in page.tree.xpath(
            "//time[@pubdate]|//time[contains(@class,'publish')]|//time[contains(@class,'entry-date')]"
        )
    ][:3]
    return first_told(when(one, page.latest) for one in told)


def _language(page: Sources, meta: dict[str, list[str]], article: Thing, shown: Shown) -> str | None:
    """Return the language of a page as a code: what it tells, if that fits its letters, else that of its words."""
    told = (
        page.tree.get("lang"),
        page.tree.get("xml:lang"),
        *_first(meta, "og:locale"),
        jsonld.text(article.get("inLanguage")),
        *(one.get("content") for one in page.tree.xpath("//meta[translate(@http-equiv,'CL','cl')='content-language']")),
        *_first(meta, "language", "dc.language"),
    )
    sample = " ".join(one.words for one in shown.pieces if one.prose)[:4000]
    sample = sample or " ".join(one.words for one in shown.pieces)[:4000]
    some = [one for one in sample if one.isalpha()]
    latin = 2 * sum(1 for one in some if one < "\u0250") > len(some) if some else None
    for one in told:
        match = re.match(r"([A-Za-z]{2,3})(?:[-_]|\Z)", (one or "").strip())
        if match and (latin is None or latin != (match[1].lower() in page_words().not_latin)):
            return match[1].lower()
    return _by_words(sample)


def _by_words(sample: str) -> str | None:
    """Return the language that the words of a text are most likely in, None where they are too few to tell."""
    if sum(map(str.isalpha, sample)) < _TELLING:
        return None
    found, likely = _identifier()(sample[:_SAMPLE])
    return found if likely >= _LIKELY else None


@cache
def _identifier() -> Callable[[str], tuple[str, float]]:
    from py3langid import langid  # noqa: PLC0415 - its model takes a moment to load

    untyped: Any = langid.LanguageIdentifier
    classify: Callable[[str], tuple[str, float]] = untyped.from_model_file(langid.MODEL_FILE, norm_probs=True).classify
    return classify
