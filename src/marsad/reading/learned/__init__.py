"""The learned reader at run time: what the rules saw laid out word by word, and what the trained network says of it.

* `_trace` is filled by the rules' walk, `_inputs` makes numbers of it (with `_pieces`, the units of the encoder, and
  `_choices`, what the rules chose for an event).
* `_network` is the network in the folder `network`, `_finding` decides which events there are.
"""

from marsad.reading.learned._finding import answers
from marsad.reading.learned._inputs import Inputs
from marsad.reading.learned._network import NETWORK, Network, made
from marsad.reading.learned._trace import Trace

__all__ = ["NETWORK", "Inputs", "Network", "Trace", "answers", "made"]
