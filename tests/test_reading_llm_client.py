"""The endpoint of the reader by a language model: its faults, its patience, and a key that stays where it belongs."""

from __future__ import annotations

import logging
import sys
from typing import Any

import pytest

from llm_support import KEY, Answer, Endpoint, endpoint, recorded, worded
from marsad.errors import MarsadError
from marsad.reading.llm.answers import rows
from marsad.reading.llm.client import Client, CutOffError, NoAnswerError, RefusedError
from marsad.reading.llm.reader import LlmReader
from marsad.reading.llm.settings import Price
from marsad.reading.llm.tally import Counting, LlmTally
from reading_support import report

BODY = b'{"model": "test-model"}'
GOOD = '{"claims": []}'


class Asking:
    """A client of an endpoint that answers as recorded; `waits` are the seconds that it would have waited."""

    def __init__(self, *names: str | Answer) -> None:
        self.answers = [recorded(name) if isinstance(name, str) else name for name in names]
        self.waits: list[float] = []
        self.counting = Counting(Price(tokens_in=2.0, tokens_out=10.0, currency="EUR"))
        self.held: Endpoint | None = None

    def __call__(self, times: int = 1, **fields: Any) -> str:
        with endpoint(*self.answers) as self.held:
            settings = self.held.settings(**fields)
            with Client(settings, self.counting, self.waits.append) as client:
                for _ in range(times - 1):
                    with pytest.raises(NoAnswerError):
                        client.ask(BODY, rows)
                return client.ask(BODY, rows)

    def failing(self, times: int = 1, **fields: Any) -> str:
        """Return why the last request got no answer."""
        with pytest.raises(NoAnswerError) as failed:
            self(times, **fields)
        return str(failed.value)

    @property
    def tally(self) -> LlmTally:
        return self.counting.tally()


def test_an_answer_is_returned_and_its_tokens_and_cost_are_counted() -> None:
    asking = Asking("none")
    assert asking() == GOOD
    tally = asking.tally
    assert (tally.requests, tally.retries, tally.tokens_in, tally.tokens_out) == (1, 0, 1000, 200)
    assert (tally.cost, tally.currency) == (pytest.approx(0.004), "EUR")
    assert asking.held is not None
    assert asking.held.paths == ["/v1/chat/completions"]


def test_an_answer_without_counts_is_told_as_not_counted() -> None:
    silent = worded(GOOD)
    del silent["body"]["usage"]
    asking = Asking(silent)
    asking()
    assert (asking.tally.uncounted, asking.tally.tokens_in) == (1, 0)
    assert "1 answers not counted" in "\n".join(asking.tally.in_words())


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("half", "the answer broke off, or is no proper HTTP"),
        ("wrong", "the answer is no JSON"),
        ("off_schema", "the answer is off the schema"),
        ("no_json", "the answer is no JSON"),
        ("no_message", "the answer holds no message"),
        ("broken", "answered 500 (server_error)"),
        ("limited", "answered 429 (rate_limit_exceeded)"),
    ],
)
def test_a_fault_that_may_pass_is_tried_again_and_told_when_it_stays(fault: str, reason: str) -> None:
    passing = Asking(fault, fault, "none")
    assert passing() == GOOD
    assert (passing.tally.requests, passing.tally.retries) == (3, 2)
    staying = Asking(fault)
    assert staying.failing(tries=3) == reason
    assert (staying.tally.requests, staying.tally.retries) == (3, 2)


def test_a_slow_endpoint_is_left_after_the_time_and_tried_again() -> None:
    asking = Asking("slow", "none")
    assert asking(timeout_s=0.5) == GOOD
    staying = Asking("slow")
    assert staying.failing(timeout_s=0.5, tries=1) == "no whole answer within 0.5 seconds"


def test_waiting_doubles_unless_the_endpoint_asks_for_a_time() -> None:
    asking = Asking("broken", "broken", "broken", "limited", "none")
    asking()
    first, second, third, asked = asking.waits
    for wait, least in ((first, 1), (second, 2), (third, 4)):
        assert least <= wait <= least + 1
    assert asked == 7


def test_an_instant_to_wait_for_is_reckoned_by_the_endpoints_own_clock() -> None:
    asking = Asking("limited_until", "none")
    asking()
    assert asking.waits == [0]


def test_an_endpoint_that_asks_for_hours_is_not_waited_for() -> None:
    asking = Asking("limited_long")
    assert asking.failing() == "answered 429 (insufficient_quota), and asks to wait 86400 seconds"
    assert asking.waits == []


@pytest.mark.parametrize("name", ["refused", "filtered"])
def test_a_refusal_is_counted_and_not_argued_with(name: str) -> None:
    asking = Asking(name)
    with pytest.raises(RefusedError, match="refused"):
        asking()
    assert (asking.tally.requests, asking.tally.refused) == (1, 1)


def test_an_answer_that_was_cut_off_is_no_answer() -> None:
    asking = Asking("cut_off")
    with pytest.raises(CutOffError, match="cut off at 4096 tokens"):
        asking()
    assert (asking.tally.requests, asking.tally.cut_off) == (1, 1)


def test_a_redirect_is_not_followed_and_ends_the_asking() -> None:
    asking = Asking("elsewhere", "none")
    assert asking.failing(2) == "answered with a redirect (307), which is not followed"
    assert asking.tally.requests == 1


def test_a_request_that_the_endpoint_finds_wrong_is_not_sent_again_but_others_are() -> None:
    asking = Asking("too_long", "none")
    assert asking(2) == GOOD
    assert (asking.tally.requests, asking.tally.retries) == (2, 0)


def test_asking_is_given_up_after_some_failures_in_a_row() -> None:
    asking = Asking("broken")
    reason = asking.failing(7, tries=1)
    assert reason == "given up after 5 failures in a row, the last: answered 500 (server_error)"
    assert asking.tally.requests == 5


def test_an_answer_in_between_begins_the_count_of_failures_anew() -> None:
    answers = ["broken"] * 4 + ["refused"] + ["broken"] * 4 + ["none"]
    asking = Asking(*answers)
    assert asking(len(answers), tries=1) == GOOD


def test_no_connection_is_a_fault_that_may_pass() -> None:
    counting = Counting()
    with endpoint(recorded("none")) as held:
        settings = held.settings(tries=2)
    with Client(settings, counting, lambda _: None) as client, pytest.raises(NoAnswerError, match="no connection"):
        client.ask(BODY, rows)
    assert counting.tally().requests == 2


# The key


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_LLM_KEY", KEY)


@pytest.mark.usefixtures("planted")
def test_the_key_goes_into_one_header_and_nowhere_else() -> None:
    asking = Asking("none")
    asking(key="TEST_LLM_KEY")
    assert asking.held is not None
    (headers,) = asking.held.headers
    assert headers.pop("authorization") == f"Bearer {KEY}"
    assert KEY not in str(headers)
    assert KEY not in str(asking.held.asked)


@pytest.mark.usefixtures("planted")
@pytest.mark.parametrize("name", ["no_key", "too_long", "limited", "broken"])
def test_no_failure_tells_the_key_though_the_endpoint_does(name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    asking = Asking(name)
    reason = asking.failing(key="TEST_LLM_KEY", tries=2)
    assert "answered" in reason or "refused" in reason
    for told in (reason, caplog.text, repr(asking.tally), repr(asking.counting)):
        assert KEY not in told


@pytest.mark.usefixtures("planted")
def test_the_key_is_taken_out_of_an_answer_that_repeats_it() -> None:
    asking = Asking(worded(f'{{"claims": [], "note": "{KEY}"}}'))
    assert KEY not in asking(key="TEST_LLM_KEY")


@pytest.mark.usefixtures("planted")
def test_no_representation_shows_the_key() -> None:
    with endpoint(recorded("none")) as held:
        settings = held.settings(key="TEST_LLM_KEY")
        with Client(settings, Counting()) as client:
            for shown in (settings, client, client._http, client._http.headers):
                assert KEY not in repr(shown)


@pytest.mark.parametrize(
    ("value", "reason"), [(None, "is not set"), ("   ", "is not set"), ("a\tb", "cannot be a key")]
)
def test_a_key_that_is_none_is_told_before_anything_is_sent(
    value: str | None, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TEST_LLM_KEY", raising=False)
    if value is not None:
        monkeypatch.setenv("TEST_LLM_KEY", value)
    with pytest.raises(MarsadError, match=f"TEST_LLM_KEY.*{reason}"):
        Asking("none")(key="TEST_LLM_KEY")


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tenacity", None)
    monkeypatch.delitem(sys.modules, "marsad.reading.llm.client")
    with endpoint(recorded("none")) as held:
        reader = LlmReader(None, None, held.settings())  # type: ignore[arg-type]
        with pytest.raises(MarsadError, match=r"needs tenacity: install 'marsad\[llm\]'"):
            reader.read(report("The army left Homs."))
