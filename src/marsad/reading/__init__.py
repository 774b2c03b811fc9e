"""Reading: a report to the attributed claims that it carries. A pure function of report, theatre, gazetteer and parser.

In the order of the pipeline:

* `reader` is the door: it parses reports in batches; `_language` refuses what is in a language that is not read.
* `sentences` cuts the text, `tree` answers questions about a parse, `_scene` is one parsed sentence with what it holds.
* `names` finds the theatre's actors, `toponyms` every name of a place, `places` (with `_place_names`) those that say
  where, by the gazetteer and what the theatre adds to it (`_local_places`); `relations` says where beside them.
* `actors` names who is meant: `_classes` says what kind of thing a noun is, `_forces` through whom a party acts,
  `_memory` what "they" and "the group" refer back to.
* `attribution` (with `_inserted`) finds cues and what they govern, `sources` who vouches, `_voices` whose word each
  event is.
* `events` (with `_verbs`, `_nouns`, `_mentions`) finds what is said to have happened, `factuality` how surely.
* `times` (with `_dates`, `_time_rules`, `_time_words`) reads dates, `counts` (with `_count_patterns`, `_count_words`,
  `numerals`) numbers of people; `tolls` gives the numbers to events.
* `learned` is the network that judges and completes what the rules found, `_guide` brings its answers into the walk;
  `train` makes it from annotated reports.
* `claims` walks the report and puts claims together, with `_roles` (who and whom), `_where`, `_when`, `_denials` (those
  that point back) and `_identity` (ids, and each claim once).
"""

from marsad.reading._language import language_of
from marsad.reading.learned import NETWORK
from marsad.reading.reader import EXTRACTOR, Reader, Unread
from marsad.reading.toponyms import Toponym, ToponymUse

__all__ = ["EXTRACTOR", "NETWORK", "Reader", "Toponym", "ToponymUse", "Unread", "language_of"]
