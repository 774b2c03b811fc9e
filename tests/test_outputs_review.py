"""What is reviewed first, by a file of points that users may change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from marsad import DataFileError
from marsad.outputs import review_queue
from marsad.outputs.review import SHIPPED, load_worth
from marsad.records import Certainty, Place, Producer, Producers
from picture_support import drawn
from weighing_support import ARMY, NOON, REBELS, claim, copied, denial, report

if TYPE_CHECKING:
    from pathlib import Path


def test_what_hangs_most_on_comes_first_and_what_is_certain_last() -> None:
    quarrel = [claim("a", REBELS, "capture"), denial("b", ARMY, "capture")]
    alone = claim("c", "Monitor", "withdraw", ARMY, days=-9)
    agreed = [claim(name, name, "shelling", ARMY, days=-9) for name in ("Monitor", "Wire")]
    queue = review_queue(drawn([*agreed, alone, *quarrel], as_of=NOON.replace(day=11)))
    assert {item.claim.id for item in queue[:2]} == {one.id for one in quarrel}
    assert queue[2].claim == alone
    assert [item.reasons for item in queue[3:]] == [(), ()]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"certainty": Certainty.POSSIBLE}, "the source is not certain"),
        ({"place": Place(name="Nowhere")}, "its place has no point"),
        ({"produced": Producers(event=Producer.NETWORK)}, "read by the network alone"),
    ],
)
def test_a_doubt_about_the_reading_is_a_reason(fields: dict[str, object], reason: str) -> None:
    sure, unsure = claim("a", "Monitor", "shelling", ARMY), claim("b", "Wire", "shelling", ARMY, days=-9, **fields)
    first, last = review_queue(drawn([sure, unsure], as_of=NOON.replace(day=11)))
    assert first.claim == unsure
    assert set(first.reasons) - set(last.reasons) == {reason}


def test_what_a_copy_repeats_is_reviewed_once() -> None:
    original = report("a")
    copy = copied(original, "b", hours=1, copy_of="a")
    claims = [claim("a", "Monitor", "shelling", ARMY), claim("b", "Monitor", "shelling", ARMY)]
    queue = review_queue(drawn(claims, [original, copy], as_of=NOON.replace(day=11)))
    assert [item.report.id for item in queue] == ["a"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("[undated]", "[undatd]", "unknown key 'undatd'"),
        ("points = 16", "points = -1", r":6: 'points' is -1"),
        ('what = "one voice alone"', "what = 3", "'what' must be a non-empty string"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(tmp_path: Path, old: str, new: str, reason: str) -> None:
    path = tmp_path / "review.toml"
    path.write_text(SHIPPED.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(DataFileError, match=reason):
        load_worth(path)
