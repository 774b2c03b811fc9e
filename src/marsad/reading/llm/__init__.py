"""The reader that asks a language model, with the extra `marsad[llm]`; off unless its user names an endpoint.

* `settings` is the user's file; `prompts` what the model is told, `answers` the schema that it is bound to.
* `pieces` cuts a report, `client` asks for each piece, `cache` keeps the answers, `tally` counts what it took.
* `checking` makes claims of an answer: `spans` finds each quotation in the text, `parties`, `places`, `days` and
  `numbers` read the quoted words by the rules and names of the embedded reader.
* `reader` is the door.
"""

from marsad.reading.llm.reader import BY_LLM, LlmReader
from marsad.reading.llm.settings import LlmSettings, load_llm_settings
from marsad.reading.llm.tally import LlmTally

__all__ = ["BY_LLM", "LlmReader", "LlmSettings", "LlmTally", "load_llm_settings"]
