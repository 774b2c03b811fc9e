"""Reports to claims by asking a language model; nothing of its answer is believed that the report does not bear out."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from marsad._version import __version__
from marsad.errors import MarsadError
from marsad.reading.llm.cache import Cache
from marsad.reading.llm.pieces import paragraphs, pieces
from marsad.reading.llm.tally import Counting
from marsad.reading.reader import Reader, Unread
from marsad.records import PROSE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from marsad.gazetteer import Gazetteer
    from marsad.reading.llm.answers import Row
    from marsad.reading.llm.client import Client
    from marsad.reading.llm.pieces import Paragraph, Piece
    from marsad.reading.llm.settings import LlmSettings
    from marsad.reading.llm.tally import LlmTally
    from marsad.records import Claim, Report
    from marsad.theatre import Theatre

BY_LLM = "marsad-llm "
"""How the names of extractors begin that ask a language model."""

_AHEAD = 4  # reports under way for each request at once, so that a long one holds up no other

Read = list[tuple["Piece", "list[Row]"]]


@dataclass
class LlmReader:
    """Reads reports into claims by asking an endpoint; a request holds words of one report alone.

    Every quotation is looked up in the text, every field checked; `tally` counts what failed, and what it cost. A
    report that could not be read for now is `Unread` with `again`. Coded reports go the coded way and are never sent.
    `pause` waits some seconds between two tries, in the place of the system's clock.
    """

    gazetteer: Gazetteer
    theatre: Theatre | None
    settings: LlmSettings
    pause: Callable[[float], object] | None = None
    _counting: Counting = field(init=False)

    def __post_init__(self) -> None:
        """Begin to count."""
        self._counting = Counting(self.settings.price)

    @cached_property
    def extractor(self) -> str:
        """Name and version of what reads, as its claims carry them."""
        from marsad.reading.llm.prompts import load_prompts  # noqa: PLC0415 - pydantic is slow to load

        return f"{BY_LLM}{__version__} {self.settings.model} prompt {load_prompts().digest}"

    @property
    def tally(self) -> LlmTally:
        """What it took and gave so far."""
        return self._counting.tally()

    def read(self, report: Report) -> tuple[Claim, ...] | Unread:
        """Return the claims of one report in order of text, or why it was not read."""
        ((_, found),) = self.read_many([report])
        return found

    def passed_over(self, report: Report) -> tuple[Unread, ...]:
        """Return nothing: a model is given the whole of a report, in whatever languages."""
        del report
        return ()

    def read_many(self, reports: Iterable[Report]) -> Iterator[tuple[Report, tuple[Claim, ...] | Unread]]:
        """Yield each report with its claims, in order; some are asked at once, memory does not grow with the input.

        Raises MarsadError where the environment lacks the key, or the extra `llm` is not installed.
        """
        cache = Cache.open(self.settings.cache, self._counting) if self.settings.cache is not None else None
        under_way: deque[tuple[Report, Future[Read | Unread] | None]] = deque()
        with self._client() as client, ThreadPoolExecutor(self.settings.concurrency) as pool:
            try:
                for report in reports:
                    asked = report.form == PROSE
                    under_way.append((report, pool.submit(self._asked, report, client, cache) if asked else None))
                    if len(under_way) > _AHEAD * self.settings.concurrency:
                        yield self._finished(*under_way.popleft())
                while under_way:
                    yield self._finished(*under_way.popleft())
            finally:
                client.stop()
                pool.shutdown(cancel_futures=True)

    def _client(self) -> Client:
        try:
            from marsad.reading.llm.client import Client  # noqa: PLC0415 - of an extra, and slow to load
        except ModuleNotFoundError as error:
            raise MarsadError(f"the reader by a language model needs {error.name}: install 'marsad[llm]'") from error
        return Client(self.settings, self._counting, self.pause)

    @cached_property
    def _embedded(self) -> Reader:
        return Reader(self.gazetteer, self.theatre)

    def _finished(
        self, report: Report, answer: Future[Read | Unread] | None
    ) -> tuple[Report, tuple[Claim, ...] | Unread]:
        """Return a report with its claims; names are looked up here, in the thread that owns the gazetteer."""
        if answer is None:
            return report, self._embedded.read(report)
        read = answer.result()
        if isinstance(read, Unread):
            self._counting.add("unread")
            return report, read
        from marsad.reading.llm.checking import Checker  # noqa: PLC0415 - slow to load

        found = self._paragraphs(report)
        checker = Checker(report, found, self.theatre, self.gazetteer, self.extractor, self._counting)
        return report, checker.claims(read)

    def _paragraphs(self, report: Report) -> tuple[Paragraph, ...]:
        return paragraphs(report.text, self.settings.piece)

    def _asked(self, report: Report, client: Client, cache: Cache | None) -> Read | Unread:
        """Return what the model wrote down of each piece of a report, or why it is not read."""
        from marsad.reading.llm.client import NoAnswerError  # noqa: PLC0415 - as above

        if not any(char.isalpha() for char in report.text):
            return Unread(report.id, "no words")
        try:
            return [
                part
                for piece in pieces(self._paragraphs(report), self.settings.piece)
                for part in self._piece(report, piece, client, cache)
            ]
        except NoAnswerError as reason:
            return Unread(report.id, f"by {self.settings.model}: {reason}", again=True)

    def _piece(self, report: Report, piece: Piece, client: Client, cache: Cache | None) -> Read:
        """Return what the model wrote down of a piece, by halves where the answer to the whole would be too long."""
        from marsad.reading.llm.answers import rows  # noqa: PLC0415 - as above
        from marsad.reading.llm.client import CutOffError  # noqa: PLC0415
        from marsad.reading.llm.prompts import asked  # noqa: PLC0415

        body = asked(self.settings, report, piece, self.theatre)
        answer = cache.get(body, rows) if cache is not None else None
        if answer is None:
            try:
                answer = client.ask(body, rows)
            except CutOffError:
                halves = piece.halves()
                if len(halves) == 1:
                    raise
                return [part for half in halves for part in self._piece(report, half, client, cache)]
            if cache is not None:
                cache.put(body, answer)
        found, wrong = rows(answer)
        for _ in range(wrong):
            self._counting.dropped("off the schema")
        return [(piece, found)]
