"""Plots draw what the records say: lanes, spells, marks and intervals; the same bytes each time."""

from __future__ import annotations

import builtins
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from matplotlib.dates import date2num, num2date

from marsad import (
    ControlState,
    ControlStatus,
    Count,
    Counts,
    InputError,
    MarsadError,
    Nowcast,
    Place,
    Share,
    SourceRecord,
    Tally,
)
from marsad.evaluation import Bin
from marsad.outputs import details
from marsad.plots import (
    plot_calibration,
    plot_control,
    plot_dispute,
    plot_nowcast,
    plot_sources,
    plot_tolls,
    save_plot,
)
from picture_support import drawn, reported
from weighing_support import ARMY, DAY, NOON, REBELS, TOWN, claim

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

ZONE = ZoneInfo("UTC")
EAST = ZoneInfo("Asia/Damascus")
NOW = NOON + timedelta(days=5)


def spell(status: str, start: int | None, end: int | None, said: int | None, **other: Any) -> ControlState:
    values = {"place": TOWN, "holder": ARMY, "according_to": "Monitor", "side": None, **other}
    return ControlState(
        status=ControlStatus(status),
        start=None if start is None else DAY + timedelta(days=start),
        end=None if end is None else DAY + timedelta(days=end),
        last_heard=None if said is None else NOON + timedelta(days=said),
        claims=("c",),
        **values,
    )


def lanes(figure: Figure) -> list[str]:
    return [label.get_text() for label in figure.axes[0].get_yticklabels()]


def bars(figure: Figure) -> list[tuple[int, date, date, str]]:
    """Each bar's lane, first day, day after the last, and colour."""
    from matplotlib.colors import to_hex

    found = []
    for bar in figure.axes[0].patches:
        begin, end = (num2date(edge).date() for edge in (bar.get_x(), bar.get_x() + bar.get_width()))
        found.append((round(bar.get_y() + bar.get_height() / 2), begin, end, to_hex(bar.get_facecolor())))
    return found


def words(figure: Figure, folder: Path) -> str:
    """All text of a figure as its SVG has it."""
    path = folder / "words.svg"
    save_plot(figure, path)
    return " ".join(
        "".join(one.itertext()) for one in ET.fromstring(path.read_text("utf-8")).iter() if one.tag.endswith("text")
    )


def on(day: int) -> date:
    return DAY + timedelta(days=day)


# Control


def test_a_spell_is_a_bar_over_its_days_and_pales_after_the_last_word() -> None:
    strong, pale = bars(plot_control([spell("held", 0, None, 2)], NOW, ZONE))
    assert strong[:3] == (0, on(0), on(3))
    assert pale[:3] == (0, on(3), on(6))
    assert int(pale[3][1:3], 16) > int(strong[3][1:3], 16)


def test_a_spell_that_ended_reaches_to_its_last_day_alone() -> None:
    assert bars(plot_control([spell("held", 0, 2, 1)], NOW, ZONE))[-1][2] == on(2)


def test_each_account_and_holder_has_a_lane_and_a_holder_one_colour() -> None:
    states = [
        spell("held", 0, None, 5),
        spell("lost", 1, None, 5, according_to="Rebels"),
        spell("held", 1, None, 5, according_to="Rebels", holder=REBELS),
    ]
    figure = plot_control(states, NOW, ZONE)
    assert lanes(figure) == [f"Monitor: {ARMY}", f"Rebels: {ARMY}", f"Rebels: {REBELS}"]
    army, lost, rebels = (next(one for one in bars(figure) if one[0] == lane) for lane in range(3))
    assert army[3] != rebels[3]
    assert lost[3] == "#ffffff"


def test_lanes_of_several_places_name_the_place() -> None:
    other = Place(name="Sabra", gazetteer_id="x:2", lat=12.0, lon=22.0)
    figure = plot_control([spell("held", 0, None, 5), spell("held", 0, None, 5, place=other)], NOW, ZONE)
    assert lanes(figure) == [f"{TOWN.name}, by Monitor: {ARMY}", f"Sabra, by Monitor: {ARMY}"] or lanes(figure) == [
        f"Sabra, by Monitor: {ARMY}",
        f"{TOWN.name}, by Monitor: {ARMY}",
    ]


def test_a_day_is_that_of_the_zone() -> None:
    late = spell("held", None, None, None, according_to="A")
    late = ControlState(
        **{**{name: getattr(late, name) for name in late.__slots__}, "last_heard": datetime(2031, 5, 1, 22, tzinfo=UTC)}
    )
    ((_, begin, _, _), *_) = bars(plot_control([late], datetime(2031, 5, 3, 12, tzinfo=UTC), EAST))
    assert begin == date(2031, 5, 2)


def test_nothing_to_draw_and_too_much_of_it_are_told() -> None:
    with pytest.raises(InputError, match="nothing to draw"):
        plot_control([], NOW, ZONE)
    with pytest.raises(InputError, match="nothing to draw"):
        plot_control([spell("held", None, None, None)], NOW, ZONE)
    with pytest.raises(InputError, match="too many to draw"):
        plot_control([spell("held", 0, None, 1, according_to=str(one)) for one in range(301)], NOW, ZONE)


# Disputes


def test_a_dispute_has_a_lane_a_voice_and_a_mark_for_each_statement() -> None:
    told = [
        claim("a", "Monitor", "capture"),
        claim("b", REBELS, "capture"),
        claim("c", ARMY, "capture", polarity="denied"),
    ]
    picture = drawn(told, as_of=NOON + timedelta(days=2))
    (found,) = details(picture, "a")
    figure = plot_dispute(found, ZONE)
    assert found.assessment is not None
    voices = [*found.assessment.voices_for, *found.assessment.voices_against]
    assert [lane.split(" [")[0] for lane in lanes(figure)] == [voice.name for voice in voices]
    marks = {line.get_gid(): line for line in figure.axes[0].lines if line.get_gid()}
    assert {name: line.get_marker() for name, line in marks.items()} == {
        told[0].id: "^",
        told[1].id: "^",
        told[2].id: "v",
    }
    said = {one.claim.id: one.report.said for one in found.evidence}
    for name, line in marks.items():
        when = said[name]
        assert when is not None
        assert line.get_xdata()[0] == pytest.approx(date2num(when.astimezone(ZONE).replace(tzinfo=None)))


# Tolls


def test_each_source_keeps_its_own_range_and_its_updates() -> None:
    counts = {"a": Counts(killed=Count(10, 20)), "b": Counts(killed=Count(5, None)), "c": Counts(killed=Count(12, 12))}
    told = [
        claim("a", "Monitor", "casualties", counts=counts["a"]),
        claim("b", ARMY, "casualties", counts=counts["b"]),
        claim("c", "Monitor", "casualties", counts=counts["c"]),
    ]
    found = reported(told).tolls
    figure = plot_tolls(found)
    sources = [source.source for toll in found for source in toll.sources]
    assert [one for one in lanes(figure) if one.split(" [")[0] in sources] != []
    drawn_at = {
        round(float(x), 3) for line in figure.axes[0].lines if line.get_marker() == "o" for x in line.get_xdata()
    }
    figures = {
        value for count in counts.values() if count.killed for value in (count.killed.low, count.killed.high) if value
    }
    assert figures <= drawn_at
    assert 15 not in drawn_at  # no middle of a range


# Sources, nowcasts, calibration


def record(voice: str, **other: Any) -> SourceRecord:
    return SourceRecord(voice=voice, side=None, topic="territory", claims=9, held=3, failed=1, open=5, **other)


def test_shares_are_drawn_with_their_intervals_and_none_where_nothing_settled(tmp_path: Path) -> None:
    share = Share(value=0.75, low=0.3, high=0.95)
    cost = Tally(held=2, failed=0, share=Share(value=1.0, low=0.34, high=1.0))
    none = SourceRecord(voice="B", side=None, topic="routes", claims=2, held=0, failed=0, open=2)
    figure = plot_sources([none, record("A", share=share, against_interest=cost)])
    assert lanes(figure) == ["A, territory"]
    intervals = {
        tuple(float(x) for x in line.get_xdata()) for line in figure.axes[0].lines if len(line.get_xdata()) == 2
    }
    assert intervals == {(0.3, 0.95), (0.34, 1.0)}
    text = words(figure, tmp_path)
    assert "4 settled, 5 open" in text
    assert "not drawn: 1 of which nothing is settled" in text
    with pytest.raises(InputError, match="nothing to draw"):
        plot_sources([none])


def test_a_nowcast_fills_each_day() -> None:
    days = [
        Nowcast(
            place=TOWN,
            on=on(day),
            as_of=None,
            holders=((ARMY, 0.7), ("contested", 0.2), ("unknown", 0.1)),
            last_heard=None,
            claims=(),
        )
        for day in range(3)
    ]
    figure = plot_nowcast(days)
    heights: dict[float, float] = {}
    for bar in figure.axes[0].patches:
        heights[bar.get_x()] = heights.get(bar.get_x(), 0.0) + bar.get_height()
    assert [round(height, 6) for height in heights.values()] == [1.0] * 3
    other = Nowcast(place=Place(name="Sabra"), on=on(0), as_of=None, holders=((ARMY, 1.0),), last_heard=None, claims=())
    with pytest.raises(InputError, match="of one place"):
        plot_nowcast([*days, other])


def test_calibration_shows_each_bin_with_its_count(tmp_path: Path) -> None:
    bins = [
        Bin(low=0.4, high=0.5, count=20, mean=0.45, share=0.4),
        Bin(low=0.9, high=1.0, count=1200, mean=0.97, share=0.95),
    ]
    figure = plot_calibration(bins)
    (dots,) = figure.axes[0].collections
    assert [tuple(map(float, point)) for point in dots.get_offsets()] == [(0.45, 0.4), (0.97, 0.95)]
    assert "1,200" in words(figure, tmp_path)


# Files


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
def test_the_same_figure_is_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    for name in ("a", "b"):
        save_plot(
            plot_control([spell("contested", 0, None, 2)], NOW, ZONE, note="as of then"), tmp_path / f"{name}{suffix}"
        )
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


def test_nothing_is_overwritten_and_other_suffixes_are_refused(tmp_path: Path) -> None:
    figure = plot_control([spell("held", 0, None, 2)], NOW, ZONE)
    (tmp_path / "a.svg").write_text("mine", "utf-8")
    with pytest.raises(InputError, match=r"a\.svg: cannot be written"):
        save_plot(figure, tmp_path / "a.svg")
    assert (tmp_path / "a.svg").read_text("utf-8") == "mine"
    with pytest.raises(InputError, match=r"one of \.svg, \.png, \.pdf"):
        save_plot(figure, tmp_path / "a.gif")


def test_words_of_a_report_are_no_formula_and_no_markup(tmp_path: Path) -> None:
    hostile = spell("held", 0, None, 2, according_to="$x^2$ <script>alert(1)</script>", holder="قوات\nالنظام")
    text = words(plot_control([hostile], NOW, ZONE, note="$n$", title="a $ b"), tmp_path)
    assert "$x^2$ <script>alert(1)</script>: قوات النظام" in text
    assert "a $ b" in text
    assert b"<script" not in (tmp_path / "words.svg").read_bytes()


def test_without_the_extra_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = builtins.__import__

    def lacking(name: str, *rest: Any) -> Any:
        if name.startswith("matplotlib"):
            raise ImportError(name)
        return whole(name, *rest)

    monkeypatch.setattr(builtins, "__import__", lacking)
    with pytest.raises(MarsadError, match=r"install 'marsad\[plots\]'"):
        plot_calibration([Bin(low=0.4, high=0.5, count=20, mean=0.45, share=0.4)])
