"""One request and its answer, over a way that leads to checked addresses alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpcore
import httpx

from marsad.fetching.content import unpacked
from marsad.fetching.errors import FetchError
from marsad.fetching.network import Backend

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable, Mapping

    from marsad.fetching.addresses import Guard
    from marsad.fetching.network import Deadline, Resolve
    from marsad.fetching.rules import Limits


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, headers by lower-case name; the body is empty unless one was asked for and given."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Exchange:
    """Makes one request at a time; nothing is kept between two of them."""

    def __init__(self, guard: Guard, look_up: Resolve, limits: Limits, tls: ssl.SSLContext | None = None) -> None:
        """Ask nothing yet."""
        self._guard = guard
        self._resolve = look_up
        self._limits = limits
        self._tls = tls or httpx.create_ssl_context(trust_env=False)

    def ask(
        self, url: httpx.URL, headers: Mapping[str, str], deadline: Deadline, *, body: bytes | None = None
    ) -> Answer:
        """Return the answer to a GET, or to a POST of `body`, whose own body is not read; raise FetchError for none."""
        backend = Backend(self._guard, self._resolve, deadline)
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        sent = {"Host": url.netloc.decode("ascii"), **headers}
        if body is not None:
            sent["Content-Length"] = str(len(body))
        try:
            with (
                httpcore.ConnectionPool(ssl_context=self._tls, network_backend=backend) as pool,
                pool.stream(
                    "GET" if body is None else "POST", target, headers=_encoded(sent), content=body
                ) as response,
            ):
                got = _decoded(response.headers)
                wanted = body is None and response.status == 200
                return Answer(
                    response.status, got, unpacked(response.iter_stream(), got, self._limits) if wanted else b""
                )
        except httpcore.TimeoutException as error:
            raise FetchError(f"too slow: nothing whole within {deadline.seconds:g} seconds") from error
        except (httpcore.ConnectError, UnicodeError) as error:  # names that no certificate can have
            raise FetchError(_unconnected(error)) from error
        except httpcore.NetworkError as error:
            raise FetchError("the connection broke") from error
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            raise FetchError("the answer is no proper HTTP, or ended too early") from error


def _unconnected(error: Exception) -> str:
    """Return why no connection was made, as far as that can be told without the server's own words."""
    words = str(error)
    if "CERTIFICATE_VERIFY_FAILED" in words:
        return "its certificate is not valid"
    if "SSL" in words or "TLS" in words:
        return "no secure connection can be made"
    return "no connection can be made"


def _encoded(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers.items()]


def _decoded(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return headers by lower-case name; of one that comes twice, the first."""
    found: dict[str, str] = {}
    for name, value in headers:
        found.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
    return found
