"""The first password of a new store, set before the server starts: there is no moment with the known default.

Neo4j takes the user from `data/dbms/auth.ini` when it makes its system database, and only then; this is the
file that `neo4j-admin dbms set-initial-password` writes, and that would show the password as an argument.
"""

import hashlib
import secrets
from pathlib import Path

from graph.engine.places import Places
from graph.errors import EngineError
from graph.files import write_private
from graph.server.settings import kept_password

ITERATIONS = 1024


def ensure_password(places: Places) -> str:
    """The password of the user neo4j; made at random for a store that is not there yet.

    Raises:
        EngineError: there is a store but its password is gone, or its file holds none.
    """
    has_store = (places.store / "databases" / "system").exists()
    password = _kept(places.password_file)
    if has_store and not password:
        what = "is missing" if password is None else "holds no password"
        raise EngineError(
            f"the store exists, but its password file {what}",
            where=str(places.password_file),
            todo=f"put the file back, or remove {places.root} and load again",
        )
    if not password:
        password = secrets.token_urlsafe(24)
        write_private(places.password_file, password + "\n")
    if not has_store:
        write_private(_initial_user(places), initial_user(password, secrets.token_bytes(32)))
    return password


def _kept(file: Path) -> str | None:
    """The password in the file; "" when that is no text of one line, None when there is no file."""
    try:
        return kept_password(file)
    except FileNotFoundError:
        return None
    except ValueError:
        return ""


def _initial_user(places: Places) -> Path:
    return places.store / "dbms" / "auth.ini"


def initial_user(password: str, salt: bytes) -> str:
    """The line of `auth.ini`: name, salted SHA-256 taken 1,024 times, no need to change it at the first login."""
    digest = hashlib.sha256(salt + password.encode()).digest()
    for _ in range(ITERATIONS - 1):
        digest = hashlib.sha256(digest).digest()
    return f"neo4j:SHA-256,{digest.hex()},{salt.hex()},{ITERATIONS}:\n"
