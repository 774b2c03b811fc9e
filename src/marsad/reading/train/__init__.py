"""Training of the learned reader (extra `marsad[train]`): annotated theatres in, the files of a network out.

* `collect` lets the rules read annotated reports, `examples` lays the annotations over what they saw.
* `names` puts other names in the place of names.
* `network` and `model` are the network, `fit` trains it, `export` writes it; `training` is all of it in one step.
"""

from marsad.reading.train.fit import Settings
from marsad.reading.train.training import train

__all__ = ["Settings", "train"]
