"""How long a download may be silent, and what goes wrong on its way, in a few words and without the address."""

from dataclasses import dataclass

CONNECTION, SILENCE = 10.0, 30.0
"""Seconds to wait for a connection, and for the next bytes."""
MOST_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong, and what to do about that in particular; None where trying again is all there is."""

    what: str
    todo: str | None = None


def trouble(error: Exception) -> Trouble:
    """Return what a failure of requests or urllib3 means."""
    from requests import exceptions
    from urllib3.exceptions import ProtocolError, ReadTimeoutError

    told: tuple[tuple[type[Exception], Trouble], ...] = (
        (
            exceptions.TooManyRedirects,
            Trouble(f"redirects more than {MOST_REDIRECTS} times", "check the address of the mirror"),
        ),
        (
            exceptions.SSLError,
            Trouble("its certificate is not trusted", "set REQUESTS_CA_BUNDLE to your authority's file"),
        ),
        (exceptions.ProxyError, Trouble("the proxy refuses", "check HTTPS_PROXY")),
        (exceptions.ConnectTimeout, Trouble("no connection in time")),
        (exceptions.ReadTimeout, Trouble("the server stopped responding")),
        (ReadTimeoutError, Trouble("the server stopped responding")),
        (exceptions.ChunkedEncodingError, Trouble("the file was cut short")),
        (ProtocolError, Trouble("the file was cut short")),
        (exceptions.InvalidURL, Trouble("is not a URL", "check the address of the mirror")),
        (exceptions.ConnectionError, Trouble("the connection failed")),
        (exceptions.RetryError, Trouble("the server answers with errors again and again")),
    )
    return next((found for kind, found in told if isinstance(error, kind)), Trouble(type(error).__name__))
