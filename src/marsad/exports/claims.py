"""Claims as a spreadsheet: who says what, in which words, where it was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.exports.events import hashtags
from marsad.exports.spreadsheets import csv_rows
from marsad.outputs import passage_of
from marsad.serial import claim_to_row, to_json

if TYPE_CHECKING:
    from marsad.exports.account import Account
    from marsad.exports.holdings import Holdings
    from marsad.exports.sinks import Sink

COLUMNS = (
    "id", "report", "source", "speaker", "via", "speaks_for", "relays", "nested", "event", "polarity", "certainty",
    "stance", "agent", "target", "place", "place_canonical", "gazetteer_id", "country", "lat", "lon", "extent", "from",
    "to", "date_precision", "time_expression", "killed", "killed_min", "killed_max", "wounded", "wounded_min",
    "wounded_max", "detained", "detained_min", "detained_max", "displaced", "displaced_min", "displaced_max", "anchor",
    "start", "end", "cue", "extractor", "sentence", "publisher", "published", "url", "policy",
)  # fmt: skip
"""The columns: those of claims.jsonl, then what the claim stands on and the policy that the file passed."""


def write_claims(holdings: Holdings, sink: Sink, account: Account) -> None:
    """Write one row a claim, in order of publication and text."""
    policy = str(holdings.about.policy)
    beneath = hashtags(holdings, "claims", COLUMNS)
    with sink.file("claims.csv") as stream, csv_rows(stream, COLUMNS, beneath=beneath) as put:
        for told in holdings.told():
            report = told.report
            for claim in told.claims:
                row = {name: value for name, value in claim_to_row(claim, report).items() if name in COLUMNS}
                where = passage_of(claim, report)
                row["sentence"] = report.text[where.start : where.end]
                row |= {"publisher": report.publisher, "published": to_json(report.said), "url": report.url}
                put({**row, "policy": policy})
                account.wrote("claims")
