"""What reading costs beside the bare parse of the same sentences, by component, in one run.

Usage: python benchmarks/reading.py [REPORTS.jsonl ...]     without files: the bundled demonstration
"""

from __future__ import annotations

import resource
import sys
import time
from datetime import UTC, datetime

import spacy

from marsad.demo import demo_reports
from marsad.gazetteer import Gazetteer
from marsad.intake import Taken, dateline, read_inputs
from marsad.reading import Reader, Unread
from marsad.reading.reader import MODEL
from marsad.reading.sentences import cut
from marsad.vocabulary.language import load_language


def main() -> None:
    inputs = sys.argv[1:] or [demo_reports()]
    reports = [one.report for one in read_inputs(inputs, retrieved=datetime.now(UTC)) if isinstance(one, Taken)]
    abbreviations = load_language().abbreviations
    sentences = []
    for report in reports:
        line = dateline(report.text)
        spans = cut(report.text, abbreviations, line.end if line is not None and line.start < line.end else 0)
        sentences += [report.text[span.start : span.end] for span in spans]

    parser = spacy.load(MODEL)
    start = time.perf_counter()
    words = sum(len(doc) for doc in parser.pipe(sentences, batch_size=64))
    parsing = time.perf_counter() - start
    print(f"{len(reports)} reports, {words} words; bare parse {parsing:.1f} s, {words / parsing:.0f} words/s")
    with Gazetteer.open(build_if_missing=True) as gazetteer:
        for name, reader in (("rules", Reader(gazetteer, network=None)), ("rules and network", Reader(gazetteer))):
            reader.read(reports[0])  # loads the parser and the network, which is not what is timed
            start = time.perf_counter()
            results = [result for _, result in reader.read_many(reports)]
            took = time.perf_counter() - start
            claims = sum(len(result) for result in results if not isinstance(result, Unread))
            unread = sum(isinstance(result, Unread) for result in results)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{name:18} {took:5.1f} s, {took / parsing:.2f} x the parse, {len(reports) / took:.1f} reports/s, "
                f"{claims} claims, {unread} unread, peak so far {peak:.0f} MB"
            )


if __name__ == "__main__":
    main()
