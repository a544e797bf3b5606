"""One file over HTTP, whole and within limits, or one line that says why not."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.certificates import check_bundle
from graph.errors import EngineError, LimitExceededError, UsageError
from graph.transport import CONNECTION, MOST_REDIRECTS, SILENCE, trouble
from loaders.reading.one_file import Limits

if TYPE_CHECKING:
    from requests import Response

_CHUNK = 256 * 1024
_LOGIN = re.compile(r"(?<=//)[^/?#]*@")
AGAIN = "try again, or pass --base-url with a mirror"
_WEB_PAGE = (b"<!doctype", b"<html", b"<head", b"<?xml")


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait: for the connection, for the next bytes, for the whole file."""

    connection: float = CONNECTION
    silence: float = SILENCE
    whole: float = 900.0


USUAL_LIMITS = Limits()
USUAL_PATIENCE = Patience()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent.

    Attributes:
        url: that was asked for, without a login.
        final_url: that answered, after redirects, without a login.
        data: the whole body.
    """

    url: str
    final_url: str
    data: bytes


def download(url: str, limits: Limits = USUAL_LIMITS, patience: Patience = USUAL_PATIENCE) -> Answer:
    """Return the file at `url`.

    Raises:
        EngineError: no answer, another status than 200, a redirect that goes round or leaves HTTPS, a body that is
            cut short or too slow, or a web page.
        LimitExceededError: the file is larger than `limits.file_bytes`.
        UsageError: it is no HTTP address.
    """
    if not url.startswith(("https://", "http://")):
        raise UsageError("is not an http or https URL", where=shown_url(url), todo="correct --base-url")
    if url.startswith("https://"):
        check_bundle()
    with _response(url, patience) as response:
        _check_head(url, response, limits)
        data = b"".join(_body(url, response, limits, time.monotonic() + patience.whole))
        final = response.url
    if data[:64].lstrip().lower().startswith(_WEB_PAGE):
        raise _failed(url, "received a web page instead of the file", "see whether a proxy asks for a log-in")
    return Answer(shown_url(url), shown_url(final), data)


def shown_url(url: str) -> str:
    """Return the address without its login, which is sent and never printed or kept."""
    return _LOGIN.sub("****@", url)


@contextmanager
def _response(url: str, patience: Patience) -> Iterator["Response"]:
    """Open the answer to a GET, and turn whatever goes wrong, reading it included, into one line."""
    import requests  # only a process that fetches pays for them
    import urllib3

    with requests.Session() as session:
        session.max_redirects = MOST_REDIRECTS
        headers = {"Accept-Encoding": "identity", "User-Agent": "sightline"}
        try:
            with session.get(
                url, headers=headers, stream=True, timeout=(patience.connection, patience.silence)
            ) as response:
                yield response
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            found = trouble(error)
            raise _failed(url, found.what, found.todo or AGAIN) from None


def _check_head(url: str, response: "Response", limits: Limits) -> None:
    if response.status_code != 200:  # noqa: PLR2004
        what = f"the server answers {response.status_code} {response.reason}"
        raise _failed(url, what, "check that this release is published, and --base-url")
    hops = [*(each.url for each in response.history), response.url]
    if url.startswith("https://") and not all(hop.startswith("https://") for hop in hops):
        raise _failed(url, "is redirected away from HTTPS", "give another --base-url")
    stated = response.headers.get("Content-Length", "")
    if stated.isdecimal() and int(stated) > limits.file_bytes:
        raise _too_large(url, limits)


def _body(url: str, response: "Response", limits: Limits, deadline: float) -> Iterator[bytes]:
    """Yield the body as it comes; urllib3 raises when fewer bytes come than the head states.

    `read1` returns what is there: a server that sends a byte now and then would hold `read` for ever.
    """
    size = 0
    while chunk := response.raw.read1(_CHUNK):
        size += len(chunk)
        if size > limits.file_bytes:
            raise _too_large(url, limits)
        if time.monotonic() > deadline:
            raise _failed(url, "the download is too slow", AGAIN)
        yield chunk


def _too_large(url: str, limits: Limits) -> LimitExceededError:
    what = f"the file is larger than {limits.file_bytes:,} bytes"
    return LimitExceededError(what, where=shown_url(url), todo="raise --max-bytes if that is right")


def _failed(url: str, what: str, todo: str) -> EngineError:
    return EngineError(f"download failed: {what}", where=shown_url(url), todo=todo)
