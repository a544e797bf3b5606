"""The first password of a new store, set before the server starts: there is no moment with the known default.

Neo4j takes the user from `data/dbms/auth.ini` when it makes its system database, and only then; this is the
file that `neo4j-admin dbms set-initial-password` writes, and that would show the password as an argument.
"""

import hashlib
import secrets
from pathlib import Path

from graph.engine.places import Places, write_private
from graph.errors import EngineError

ITERATIONS = 1024


def ensure_password(places: Places) -> str:
    """The password of the user neo4j; made at random for a store that is not there yet.

    Raises:
        EngineError: there is a store but its password is gone.
    """
    if places.password_file.exists():
        password = places.password_file.read_text(encoding="utf-8").strip()
    elif (places.store / "databases" / "system").exists():
        raise EngineError(
            "the store exists, but its password file is missing",
            where=str(places.password_file),
            todo=f"put the file back, or remove {places.root} and load again",
        )
    else:
        password = secrets.token_urlsafe(24)
        write_private(places.password_file, password + "\n")
    if not (places.store / "databases" / "system").exists():
        write_private(_initial_user(places), initial_user(password, secrets.token_bytes(32)))
    return password


def _initial_user(places: Places) -> Path:
    return places.store / "dbms" / "auth.ini"


def initial_user(password: str, salt: bytes) -> str:
    """The line of `auth.ini`: name, salted SHA-256 taken 1,024 times, no need to change it at the first login."""
    digest = hashlib.sha256(salt + password.encode()).digest()
    for _ in range(ITERATIONS - 1):
        digest = hashlib.sha256(digest).digest()
    return f"neo4j:SHA-256,{digest.hex()},{salt.hex()},{ITERATIONS}:\n"
