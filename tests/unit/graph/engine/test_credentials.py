"""The first password of a store."""

import re
import stat
from pathlib import Path

import pytest

from graph.engine.credentials import ensure_password, initial_user
from graph.engine.places import Places
from graph.errors import EngineError


@pytest.fixture
def places(tmp_path: Path) -> Places:
    made = Places(root=tmp_path / "root", logs=tmp_path / "logs", jars=tmp_path / "jars")
    made.make()
    return made


def test_the_password_is_random_and_its_file_private(places: Places) -> None:
    password = ensure_password(places)
    assert len(password) >= 32
    assert stat.S_IMODE(places.password_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(places.root.stat().st_mode) == 0o700
    assert ensure_password(places) == password


def test_the_password_itself_is_not_in_the_store(places: Places) -> None:
    password = ensure_password(places)
    (written,) = (places.store / "dbms").iterdir()
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert password not in written.read_text()


def test_the_user_line_has_neo4js_form() -> None:
    line = initial_user("word", bytes(32))
    assert re.fullmatch(r"neo4j:SHA-256,[0-9a-f]{64},0{64},1024:\n", line)
    assert line != initial_user("other", bytes(32))


def test_a_store_whose_password_is_gone_is_said_so(places: Places) -> None:
    (places.store / "databases" / "system").mkdir(parents=True)
    with pytest.raises(EngineError, match="password file is missing"):
        ensure_password(places)
    assert not places.password_file.exists()
