"""Which Neo4j to talk to, and which folders of the user are ours.

The order is the same everywhere: an address that the user gives, else the local Neo4j that `sightline up` keeps.
The variables have the names that Neo4j's own tools use.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from graph.errors import UnreachableError, UsageError

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
LOCAL = "the local Neo4j"
BLANKS = "\r\n\t "


@dataclass(frozen=True, slots=True)
class Target:
    """One Neo4j database and how to log in to it.

    Attributes:
        uri: with one of the schemes of Neo4j's drivers; `+s` means TLS with a checked certificate.
        username: of the login.
        password: of the login; never part of a representation.
        database: its name; None is the one that the server keeps for this user.
        origin: where the address comes from, for messages: `--uri`, `NEO4J_URI` or `the local Neo4j`.
    """

    uri: str
    username: str
    password: str = field(repr=False)
    database: str | None
    origin: str

    @property
    def is_local(self) -> bool:
        """Whether this is the Neo4j that `sightline up` keeps."""
        return self.origin == LOCAL


@dataclass(frozen=True, slots=True)
class Folders:
    """The user's folders for us: `cache` can be made again, `data` cannot, `state` holds logs."""

    cache: Path
    data: Path
    state: Path


def folders() -> Folders:
    """The user's folders for us, not yet made; all three inside `SIGHTLINE_HOME` when that is set.

    Raises:
        UsageError: `SIGHTLINE_HOME` names no folder, being relative to one that is gone or to an unknown user's.
    """
    home = os.environ.get("SIGHTLINE_HOME")
    if home:
        root = _absolute(home)
        return Folders(root / "cache", root / "data", root / "state")
    from platformdirs import PlatformDirs  # only a process without SIGHTLINE_HOME pays for it

    places = PlatformDirs("sightline", appauthor=False)
    return Folders(places.user_cache_path, places.user_data_path, places.user_state_path)


def _absolute(home: str) -> Path:
    try:
        return Path(home).expanduser().absolute()
    except (OSError, RuntimeError) as error:
        what = getattr(error, "strerror", None) or "there is no such user"
        raise UsageError(
            f"{home!r} names no folder ({what})", where="SIGHTLINE_HOME", todo="give an absolute path"
        ) from None


def local_folder() -> Path:
    """The folder of the local Neo4j: `state.json` (address), `password` (mode 0600), its home."""
    return folders().data / "neo4j"


def find_target(uri: str | None = None) -> Target:
    """The Neo4j to talk to: `uri`, else `NEO4J_URI`, else the local one.

    Raises:
        UsageError: the address is not one, or its password is missing.
        UnreachableError: no address is given and there is no local Neo4j.
    """
    environment = os.environ
    if uri:
        return _given(uri, "--uri", environment)
    if environment.get("NEO4J_URI"):
        return _given(environment["NEO4J_URI"], "NEO4J_URI", environment)
    return local_target()


def _given(uri: str, origin: str, environment: Mapping[str, str]) -> Target:
    _check_uri(uri, origin)
    if "NEO4J_PASSWORD" not in environment:
        raise UsageError(
            "there is no password for the server", where=origin, todo="set NEO4J_PASSWORD in the environment"
        )
    return Target(
        uri=uri,
        username=_text_of("NEO4J_USERNAME", environment) or "neo4j",
        password=_text_of("NEO4J_PASSWORD", environment),
        database=_text_of("NEO4J_DATABASE", environment) or None,
        origin=origin,
    )


def _text_of(name: str, environment: Mapping[str, str]) -> str:
    """The value of a variable that the server is sent; its bytes may be of another encoding than UTF-8.

    Raises:
        UsageError: they are; the value is not shown.
    """
    value = environment.get(name, "")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise UsageError(
            "contains bytes that are not UTF-8", where=name, todo="set it again in a UTF-8 terminal"
        ) from None
    return value


def _check_uri(uri: str, origin: str) -> None:
    """Refuse what no driver takes, without repeating a password that somebody wrote into the address."""
    try:
        parts = urlsplit(uri)
        has_login = parts.username is not None
        fits = parts.scheme in SCHEMES and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        has_login, fits = "@" in uri, False
    fits = fits and uri.isprintable() and _is_a_host(uri)
    if has_login:
        raise UsageError(
            "the address contains a user name or password",
            where=origin,
            todo="set NEO4J_USERNAME and NEO4J_PASSWORD instead",
        )
    if not fits or any(mark in uri for mark in BLANKS):
        raise UsageError(
            f"{uri!r} is not the address of a Neo4j",
            where=origin,
            todo="give one such as neo4j://localhost:7687 or neo4j+s://db.example.com",
        )


def _is_a_host(uri: str) -> bool:
    """Whether the host can be looked up: names with an empty or overlong label end in an error of the codec."""
    try:
        return bool(str(urlsplit(uri).hostname).encode("idna"))
    except (UnicodeError, ValueError):
        return False


def local_target() -> Target:
    """The Neo4j that `sightline up` keeps, whatever the environment names.

    Raises:
        UnreachableError: there is none.
    """
    folder = local_folder()
    try:
        port = _kept_port(folder / "state.json")
        password = kept_password(folder / "password")
    except (FileNotFoundError, NotADirectoryError):
        raise UnreachableError(
            "there is no Neo4j to connect to", todo="run `sightline up`, or set NEO4J_URI and NEO4J_PASSWORD"
        ) from None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreachableError(
            f"the state of the local Neo4j cannot be read ({type(error).__name__})",
            where=str(folder),
            todo="run `sightline up` to write it again",
        ) from None
    return Target(f"bolt://127.0.0.1:{port}", "neo4j", password, "neo4j", LOCAL)


def _kept_port(file: Path) -> int:
    port = json.loads(file.read_bytes())["bolt_port"]
    if not is_port(port):
        raise ValueError(port)
    return int(port)


def is_port(value: object) -> bool:
    """Whether a value that was read from a file is the number of a port."""
    return type(value) is int and 0 < value < 2**16


def kept_password(file: Path) -> str:
    """The password that `sightline up` keeps.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is no text of one line.
    """
    password = file.read_text(encoding="utf-8").strip()
    if not password.isprintable() or not password:
        raise ValueError("no password")
    return password
