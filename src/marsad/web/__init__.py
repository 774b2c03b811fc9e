"""The web: a monitor asked over HTTP, one endpoint a command, and the pages that show it."""

from marsad.web.application import app
from marsad.web.serving import serve

__all__ = ["app", "serve"]
