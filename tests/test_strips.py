"""Control day by day: who stood where by whose account, and how old its word was."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from marsad import ControlState, ControlStatus, Place
from marsad.outputs import control_rows, print_strips, strip_rows, strips, unheard
from marsad.outputs.wording import heard
from picture_support import drawn
from weighing_support import ARMY, DAY, NOON, REBELS, TOWN, claim, report

if TYPE_CHECKING:
    from collections.abc import Sequence

ZONE = ZoneInfo("UTC")
OTHER = Place(name="Sabra", gazetteer_id="x:2", lat=12.0, lon=22.0)


def spell(status: str, start: int | None, end: int | None, said: int, holder: str = ARMY) -> ControlState:
    """A spell of the monitor's account, in days after the tenth."""
    return ControlState(
        place=TOWN,
        holder=holder,
        according_to="Monitor",
        side=None,
        status=ControlStatus(status),
        start=None if start is None else DAY + timedelta(days=start),
        end=None if end is None else DAY + timedelta(days=end),
        last_heard=NOON + timedelta(days=said),
        claims=("c",),
    )


def days(states: Sequence[ControlState], until: int) -> list[str]:
    return [strip.days for strip in strips(states, NOON + timedelta(days=until), ZONE)]


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([spell("held", 0, None, 2)], ["HHHhh"]),
        ([spell("held", 0, 2, 0), spell("lost", 2, None, 3)], ["HhLLl"]),
        ([spell("claimed", 3, None, 4)], ["CC"]),
        ([spell("contested", None, None, 3)], ["Xx"]),
        ([spell("held", 0, 1, 0), spell("denied", 1, None, 1, REBELS)], ["H····", "·Dddd"]),
        ([spell("held", 0, None, 9)], ["HHHHH"]),
    ],
)
def test_strip_has_a_letter_for_each_day_small_after_the_last_word(
    states: list[ControlState], expected: list[str]
) -> None:
    assert days(states, 4) == expected


def test_of_two_standings_on_one_day_the_later_is_drawn() -> None:
    assert days([spell("contested", 1, 1, 1), spell("held", 1, None, 1)], 2) == ["Hh"]


def test_days_are_those_of_the_zone() -> None:
    late = spell("held", None, None, 0)
    east = ZoneInfo("Asia/Tokyo")
    (strip,) = strips([late], datetime(2031, 5, 10, 20, tzinfo=UTC), east)
    assert (strip.first, strip.days) == (date(2031, 5, 10), "Hh")


def test_without_an_instant_or_a_spell_there_is_no_strip() -> None:
    assert strips([], NOON, ZONE) == strips([spell("held", 0, None, 0)], None, ZONE) == ()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(ControlStatus)),
            st.integers(-5, 5),
            st.integers(-5, 9),
            st.sampled_from([ARMY, REBELS]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_strips_are_of_one_length_and_end_at_the_instant(rows: list[tuple[str, int, int, str]]) -> None:
    found = strips([spell(status, start, None, said, holder) for status, start, said, holder in rows], NOON, ZONE)
    lengths = {len(strip.days) for strip in found}
    assert len(lengths) <= 1
    assert all(strip.first + timedelta(days=len(strip.days) - 1) == NOON.date() for strip in found if strip.days)
    assert len({(strip.according_to, strip.holder) for strip in found}) == len(found)


def test_strips_are_printed_with_dates_legend_and_age_in_any_width() -> None:
    found = strips([spell("held", 0, None, 2)], NOON + timedelta(days=60), ZONE)
    out = Console(file=io.StringIO(), width=80, record=True)
    print_strips(found, out, ZONE, NOON + timedelta(days=60))
    shown = out.export_text()
    assert "earlier days left off" in shown
    assert "H held, C claimed" in shown
    assert "no word since 12 May, 58 days" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_rows_of_strips_lose_nothing() -> None:
    now = NOON + timedelta(days=1)
    (row,) = strip_rows(strips([spell("held", 0, None, 0)], now, ZONE), ZONE, now).full
    assert (row["first"], row["days"], row["holder"], row["last_heard"]) == (
        "2031-05-10", "Hh", ARMY, "2031-05-10T12:00:00+00:00",
    )  # fmt: skip


# Ages


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (0, "10 May 12:00"),
        (23.9, "10 May 12:00"),
        (24, "no word since 10 May, 1 day"),
        (80, "no word since 10 May, 3 days"),
    ],
)
def test_age_is_told_from_one_day_on(hours: float, expected: str) -> None:
    assert heard(NOON, NOON + timedelta(hours=hours), ZONE) == expected


def test_age_of_another_year_is_told_with_it() -> None:
    assert heard(NOON, NOON + timedelta(days=365), ZONE) == "no word since 10 May 2031, 365 days"


def test_table_tells_the_age_of_running_spells_alone() -> None:
    rows = control_rows([spell("held", 0, 2, 0), spell("lost", 2, None, 2)], ZONE, NOON + timedelta(days=5))
    assert [cells[5] for cells in rows.brief] == ["10 May 12:00", "no word since 12 May, 3 days"]
    assert [row["silent_hours"] for row in rows.full] == [None, 72.0]


def test_side_that_speaks_elsewhere_and_not_here_is_unknown() -> None:
    elsewhere = claim("b", REBELS, "capture", place=OTHER)
    other = claim("c", "Monitor", "hold", place=elsewhere.place)
    picture = drawn(
        [claim("a", ARMY, "hold", agent=ARMY), elsewhere, other], [report("a")], as_of=NOON + timedelta(days=1)
    )
    here = [state for state in picture.control if state.place.name == TOWN.name]
    silent = unheard(picture, here)
    assert [(one.place, one.according_to) for one in silent] == [("Varenna", "rebels")]
    assert unheard(picture, picture.control) == unheard(picture, ()) == ()
    row = control_rows(here, ZONE, NOON, silent).full[-1]
    assert (row["status"], row["according_to"], row["holder"], row["claims"]) == ("unknown", "rebels", None, [])
