"""Why a server does not answer: one look at its socket, after the driver has failed.

The driver says "service unavailable" for a closed port, a web server, a TLS mismatch and a stopped process alike.
"""

import re
import socket
import ssl
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

BOLT_HELLO = b"\x60\x60\xb0\x17" + b"\x00\x08\x08\x05" + b"\x00\x02\x04\x04" + b"\x00" * 8
"""The magic and offers of versions (5.8 to 5.0, 4.4 to 4.2): the Bolt manual, section Handshake."""
OLDEST_BOLT = (5, 2)
"""The driver cannot be told to leave notifications out before."""
OLDEST_NEO4J = (5, 26)
NEEDED = "Neo4j 5.26 or newer is needed"
DEFAULT_PORT = 7687


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong at an address, and what to do about it."""

    what: str
    todo: str


def address(uri: str) -> tuple[str, int]:
    """Host and port of a Neo4j address."""
    parts = urlsplit(uri)
    return parts.hostname or "localhost", parts.port or DEFAULT_PORT


def look(uri: str, seconds: float) -> Finding | None:
    """What keeps a driver from talking to `uri`; None when a Bolt server answers there as the scheme asks."""
    deadline = time.monotonic() + seconds
    host, port = address(uri)
    scheme = urlsplit(uri).scheme
    try:
        with _dial(host, port, deadline) as plain:
            if "+" in scheme:
                return _look_through_tls(plain, host, checked=scheme.endswith("+s"))
            return _look_at_plain(plain, host, port, deadline)
    except OSError as error:
        return _not_dialed(error, host, port)


def _dial(host: str, port: int, deadline: float) -> socket.socket:
    return socket.create_connection((host, port), timeout=max(0.1, deadline - time.monotonic()))


def _not_dialed(error: OSError, host: str, port: int) -> Finding:
    match error:
        case TimeoutError():
            return Finding("no answer in time", "check the address, the firewall, and the server")
        case ConnectionRefusedError():
            return Finding(f"nothing listens on port {port}", "start the server, or check the port")
        case socket.gaierror():
            return Finding(f"there is no host {host!r}", "check the address")
        case _:
            return Finding(f"no connection ({error.strerror or type(error).__name__})", "check the address")


def _look_at_plain(connection: socket.socket, host: str, port: int, deadline: float) -> Finding | None:
    finding = _shake_hands(connection)
    if finding is _CLOSED and _speaks_tls(host, port, deadline):
        return Finding(
            "the server requires TLS", "use neo4j+s:// or bolt+s:// (+ssc for its own certificate)"
        )
    return finding


def _look_through_tls(plain: socket.socket, host: str, *, checked: bool) -> Finding | None:
    context = ssl.create_default_context()
    if not checked:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    try:
        with context.wrap_socket(plain, server_hostname=host) as connection:
            return _shake_hands(connection)
    except ssl.SSLCertVerificationError as error:
        advice = "use the name in the certificate, trust its authority, or +ssc for a self-signed one"
        return Finding(f"its TLS certificate is not trusted ({error.verify_message})", advice)
    except TimeoutError:
        return _SILENT
    except (ssl.SSLError, ConnectionError):
        return Finding(
            "the server does not speak TLS", "use the scheme without +s, or enable TLS on the server"
        )


def _speaks_tls(host: str, port: int, deadline: float) -> bool:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        with _dial(host, port, deadline) as plain, context.wrap_socket(plain, server_hostname=host):
            return True
    except OSError:
        return False


_SILENT = Finding("it accepts connections but does not answer", "is its process stopped or overloaded?")
_CLOSED = Finding(
    "what listens there closes the connection", "is this the Bolt port of a Neo4j (usually 7687)?"
)


def _shake_hands(connection: socket.socket) -> Finding | None:
    """Offer Bolt and judge the four bytes that come back."""
    try:
        connection.sendall(BOLT_HELLO)
        return _judge(connection.recv(4))
    except TimeoutError:
        return _SILENT
    except (ConnectionError, ssl.SSLError):
        return _CLOSED


def _too_old(version: tuple[int, int]) -> Finding:
    return Finding(f"it speaks Bolt {version[0]}.{version[1]}, as an old Neo4j does", NEEDED)


def judge_agent(agent: str) -> Finding | None:
    """What is wrong with a server that calls itself `agent`, such as `Neo4j/5.26.30`; None for an unknown form."""
    stated = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
    if stated is None or (int(stated[1]), int(stated[2])) >= OLDEST_NEO4J:
        return None
    return Finding(f"this is {agent[:40].replace('/', ' ')}", NEEDED)


def _judge(answer: bytes) -> Finding | None:
    match answer:
        case b"":
            return _CLOSED
        case b"HTTP":
            return Finding("a web server answers there, not Bolt", "use the Bolt port (usually 7687)")
        case b"\x00\x00\x00\x00":
            return Finding("it speaks no Bolt version that Sightline knows", NEEDED)
        case _ if answer.startswith(b"\x00\x00"):
            version = (answer[3], answer[2])
            return None if version >= OLDEST_BOLT else _too_old(version)
        case _:
            return Finding("what answers there is not a Neo4j", "use the Bolt port (usually 7687)")
