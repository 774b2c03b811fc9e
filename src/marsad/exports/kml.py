"""Control as KML 2.2: a folder for each account, a placemark with its time for each spell, and a folder of events."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any

from lxml import etree

from marsad.exports.marks import PLACES, control_marks, event_marks, mark_row
from marsad.exports.xmlwords import element
from marsad.outputs import plain
from marsad.records import ControlStatus
from marsad.serial import to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from marsad.exports.about import About
    from marsad.exports.account import Account
    from marsad.exports.holdings import Holdings
    from marsad.exports.marks import Mark, Quoted
    from marsad.exports.sinks import Sink

NAMESPACE = "http://www.opengis.net/kml/2.2"
_ICON = "https://maps.google.com/mapfiles/kml/shapes/placemark_circle.png"  # known to every program that shows KML
_EVENT = "event"
_TOLD = frozenset({"headline", "words"})  # by the name and the description
# Hues that are told apart without red and green (Okabe and Ito), as alpha, blue, green, red.
_COLOURS: Mapping[str, str] = {
    ControlStatus.HELD: "ffb27200",
    ControlStatus.CLAIMED: "ffe9b456",
    ControlStatus.CONTESTED: "ff009fe6",
    ControlStatus.LOST: "ff999999",
    ControlStatus.DENIED: "ffa779cc",
    ControlStatus.UNKNOWN: "ffffffff",
    _EVENT: "ff005ed5",
}


def write_kml(holdings: Holdings, sink: Sink, account: Account) -> None:
    """Write the spells of control by account, then the events; what the file is of stands in its own data."""
    spells = sorted(control_marks(holdings, account), key=lambda mark: mark.accounts)
    with sink.file("control.kml") as stream, etree.xmlfile(stream, encoding="UTF-8") as xml:
        xml.write_declaration()
        # Elements without a namespace, written inside, are of the one that stands at the top.
        with xml.element(f"{{{NAMESPACE}}}kml", nsmap={None: NAMESPACE}), xml.element("Document"):
            for part in _head(holdings.about):
                xml.write(part)
            for accounts, some in groupby(spells, key=lambda mark: mark.accounts):
                _folder(xml, f"Control by {', '.join(accounts)}", some, holdings.about, account)
            _folder(xml, "Events", event_marks(holdings, account), holdings.about, account)


def _head(about: About) -> Iterator[Any]:
    yield element("name", text="Who holds what, by whose account")
    yield element("description", text=about.sentences())
    for status, colour in _COLOURS.items():
        icon = element("IconStyle", element("color", text=colour), element("Icon", element("href", text=_ICON)))
        yield element("Style", icon, id=status)
    yield _data(about.row())


def _folder(xml: Any, name: str, some: Iterable[Mark], about: About, account: Account) -> None:
    with xml.element("Folder"):
        xml.write(element("name", text=name))
        for mark in some:
            xml.write(_placemark(mark, about))
            account.wrote(f"marks of {mark.kind}")


def _placemark(mark: Mark, about: About) -> Any:
    lon, lat = mark.point
    row = {name: value for name, value in mark_row(mark).items() if name not in _TOLD}
    return element(
        "Placemark",
        element("name", text=mark.headline),
        element("description", text="<br>".join(map(_said, mark.words))),
        _span(mark),
        element("styleUrl", text=f"#{_EVENT if mark.kind == 'event' else mark.status}"),
        _data({**row, "as_of": about.as_of, "policy": str(about.policy)}),
        element("Point", element("coordinates", text=f"{lon:.{PLACES}f},{lat:.{PLACES}f}")),
        id=mark.id,
    )


def _span(mark: Mark) -> Any:
    """Return the days of a mark; a spell without a known beginning is shown from the day of its last word on."""
    days = {"begin": mark.first, "end": mark.end and max(mark.end, mark.first or mark.end)}
    parts = [element(name, text=day.isoformat()) for name, day in days.items() if day is not None]
    return element("TimeSpan", *parts) if parts else None


def _said(one: Quoted) -> str:
    """Return the words of a claim for a balloon, which shows HTML."""
    said = f", {one.said:%Y-%m-%d %H:%M} UTC" if one.said else ""
    where = f", in {one.publisher}" if one.publisher and one.publisher != one.claimant else ""
    return escape(f"{one.claimant}{where}{said} ({one.claim}): “{plain(one.words)}”")


def _data(row: Mapping[str, Any]) -> Any:
    """Return what is known of a row, a name and a text each; lists are separated by semicolons."""
    return element(
        "ExtendedData",
        *(
            element("Data", element("value", text=words), name=name)
            for name, value in row.items()
            if (words := _text(value))
        ),
    )


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{name}: {one}" for name, one in value.items())
    return "" if value is None else str(to_json(value))
