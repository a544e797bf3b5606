"""What is said of a port where no Neo4j answers, by the probe and by `connect`, which waits six seconds at most."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from graph.errors import UnreachableError
from graph.server.connection import connect
from graph.server.faults import ConnectionLostError
from graph.server.probe import judge_agent, look
from graph.server.settings import LOCAL, Target
from tests.unit import listeners

WEB = b"HTTP/1.1 400 Bad\r\n\r\n"
BOLT = b"\x00\x00\x04\x05"


@contextmanager
def nobody() -> Iterator[int]:
    yield listeners.closed_port()


def given(answer: listeners.Answer) -> Callable[[], AbstractContextManager[int]]:
    return lambda: listeners.listening(answer)


CASES = {
    "closed port": ("bolt", nobody, r"nothing listens on port \d+; start the server"),
    "black hole": ("bolt", listeners.black_hole, "no answer in time"),
    "web server": (
        "bolt",
        given(listeners.says(WEB)),
        "a web server answers there, not Bolt",
    ),
    "mail server": ("bolt", given(listeners.says(b"220 mail\r\n")), "what answers there is not a Neo4j"),
    "closes": ("bolt", given(listeners.says(b"")), "closes the connection"),
    "old Bolt": ("bolt", given(listeners.says(b"\0\0\0\0")), "no Bolt version that Sightline knows"),
    **{
        f"Bolt {major}.{minor}": (
            "bolt",
            given(listeners.speaks_bolt(minor, major, f"Neo4j/{major}.{minor}.0")),
            f"it speaks Bolt {major}.{minor}, as an old Neo4j does; Neo4j 5.26 or newer is needed",
        )
        for major, minor in ((3, 0), (4, 1), (4, 4), (5, 0), (5, 1))
    },
    "an older Neo4j 5": (
        "bolt",
        given(listeners.speaks_bolt(4, 5, "Neo4j/5.12.0")),
        r"this is Neo4j 5\.12\.0; Neo4j 5.26 or newer is needed",
    ),
    "stopped": ("bolt", given(listeners.stays_silent), "accepts connections but does not answer"),
    "no TLS": ("bolt+s", given(listeners.says(BOLT)), "does not speak TLS; use the scheme without"),
    "no TLS, routed": (
        "neo4j+ssc",
        given(listeners.says(BOLT)),
        "does not speak TLS; use the scheme without",
    ),
    "closed port, routed": ("neo4j", nobody, r"nothing listens on port \d+"),
    "web server, routed": (
        "neo4j",
        given(listeners.says(WEB)),
        "a web server answers there",
    ),
}


@pytest.mark.parametrize(("scheme", "place", "said"), CASES.values(), ids=CASES.keys())
def test_each_fault_has_its_line_within_six_seconds(
    scheme: str, place: Callable[[], AbstractContextManager[int]], said: str
) -> None:
    with place() as port:
        target = Target(f"{scheme}://127.0.0.1:{port}", "neo4j", "secret-word", None, "--uri")
        before = time.monotonic()
        with pytest.raises(UnreachableError, match=said) as raised, connect(target):
            pass
        took = time.monotonic() - before
    assert took < 6
    line = str(raised.value)
    assert line.startswith(f"{target.uri} (--uri): ")
    assert "\n" not in line
    assert "secret-word" not in line


def test_a_server_that_wants_tls_is_recognized(tmp_path: Path) -> None:
    tls = listeners.speaks_tls(*listeners.self_signed(tmp_path), listeners.says(BOLT))
    with listeners.listening(tls) as port:
        found = look(f"bolt://127.0.0.1:{port}", 3)
        assert found is not None
        assert found.what == "the server requires TLS"


def test_a_certificate_that_nobody_vouches_for_is_named(tmp_path: Path) -> None:
    tls = listeners.speaks_tls(*listeners.self_signed(tmp_path), listeners.says(BOLT))
    with listeners.listening(tls) as port:
        found = look(f"neo4j+s://localhost:{port}", 3)
        assert found is not None
        assert found.what.startswith("its TLS certificate is not trusted (self-signed certificate")
        assert look(f"neo4j+ssc://localhost:{port}", 3) is None


def test_an_unknown_host_is_named() -> None:
    found = look("bolt://no-such-host.invalid", 3)
    assert found is not None
    assert found.what == "there is no host 'no-such-host.invalid'"


def test_a_server_that_speaks_bolt_is_fine() -> None:
    with listeners.listening(listeners.says(BOLT)) as port:
        assert look(f"bolt://127.0.0.1:{port}", 3) is None


@pytest.mark.parametrize("agent", ["Neo4j/5.26.0", "Neo4j/5.27-aura", "Neo4j/2025.08.0", "Neo4j/dev"])
def test_a_server_that_is_new_enough_is_fine(agent: str) -> None:
    with listeners.listening(listeners.speaks_bolt(8, 5, agent)) as port:
        target = Target(f"bolt://127.0.0.1:{port}", "neo4j", "x", "neo4j", "--uri")
        with connect(target):
            assert judge_agent(agent) is None


def test_messages_that_make_no_sense_are_told() -> None:
    with listeners.listening(listeners.speaks_bolt(8, 5, "Neo4j/5.26.0", confused=True)) as port:
        target = Target(f"bolt://127.0.0.1:{port}", "neo4j", "x", "neo4j", "--uri")
        with connect(target) as graph, pytest.raises(ConnectionLostError, match="sent cannot be read"):
            graph.read("RETURN 1")
    gc.collect()  # where a session was not closed, the driver warns, and a warning fails the test


def test_for_the_local_one_the_way_is_up() -> None:
    target = Target(f"bolt://127.0.0.1:{listeners.closed_port()}", "neo4j", "x", "neo4j", LOCAL)
    with pytest.raises(UnreachableError, match="start it with `sightline up`"), connect(target):
        pass
