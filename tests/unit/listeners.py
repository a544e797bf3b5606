"""Things that listen on a port and are no Neo4j: made to order on free loopback ports."""

import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

Answer = Callable[[socket.socket], None]


@contextmanager
def listening(answer: Answer) -> Iterator[int]:
    """The port of a server that treats each connection by `answer` and then closes it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_accept, args=(server, answer))
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            # Closing alone does not wake a thread that accepts.
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


def _accept(server: socket.socket, answer: Answer) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection, suppress(OSError):
            connection.settimeout(20)
            answer(connection)


def says(text: bytes) -> Answer:
    """Read a little, then say `text`."""

    def answer(connection: socket.socket) -> None:
        connection.recv(1024)
        connection.sendall(text)

    return answer


def speaks_bolt(minor: int, major: int, agent: str, *, confused: bool = False) -> Answer:
    """Shake hands on that version of Bolt, then answer SUCCESS to every message, as the server `agent`.

    A confused one says its name each time, where the driver keeps something else.
    """
    name = agent.encode()
    hello = b"\xb1\x70\xa2\x86server" + bytes([0x80 + len(name)]) + name + b"\x8dconnection_id\x81x"
    other = hello if confused else b"\xb1\x70\xa0"

    def answer(connection: socket.socket) -> None:
        connection.recv(20)
        connection.sendall(bytes([0, 0, minor, major]))
        with connection.makefile("rb") as stream:
            said = hello
            while head := stream.read(2):
                if length := int.from_bytes(head, "big"):
                    stream.read(length)
                else:
                    connection.sendall(len(said).to_bytes(2, "big") + said + b"\0\0")
                    said = other

    return answer


def stays_silent(connection: socket.socket) -> None:
    """Read until the other side has had enough."""
    while connection.recv(1024):
        pass


def speaks_tls(certificate: Path, key: Path, inside: Answer) -> Answer:
    """Answer inside TLS only."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def answer(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as wrapped:
            inside(wrapped)

    return answer


def self_signed(folder: Path) -> tuple[Path, Path]:
    """A certificate for localhost that nobody vouches for, and its key."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    made = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(["openssl", "req", "-x509", *made, *subject], check=True, capture_output=True)
    return certificate, key


def closed_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def black_hole() -> Iterator[int]:
    """A port that answers nothing at all: its queue of new connections is full."""
    with ExitStack() as stack:
        server = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        port = int(server.getsockname()[1])
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.settimeout(0)
            waiting.connect_ex(("127.0.0.1", port))
        yield port
