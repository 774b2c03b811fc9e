"""Archives: the stages of a monitor over more reports than one machine holds, written as tables of Parquet.

In the order of the steps:

* `inputs` lists what is read and cuts it into units; `taking` makes reports of a unit, and `relevance` tells which of
  them can speak of war.
* `reading` sorts ids out (`versions`) and reads reports into claims.
* `families` finds copies among the reports that share marks.
* `world` gathers what all claims tell together; `linking` brings claims together by `blocks`, and links and weighs
  each.
* `laying` writes the `tables`.

`entries` are what passes from step to step, `work` keeps what is done from being done again. `job` is what every share
of the work knows, `steps` what it can be, `engines` and `onray` are where it is done; `making` leads through all of it,
and `opened` reads an archive again.
"""

from marsad.archive.making import ArchiveReceipt, make_archive
from marsad.archive.opened import Archived, Holding, is_archive
from marsad.archive.relevance import Filter

__all__ = ["ArchiveReceipt", "Archived", "Filter", "Holding", "is_archive", "make_archive"]
