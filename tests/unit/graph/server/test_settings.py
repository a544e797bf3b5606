"""Which Neo4j is taken, and what is never shown."""

import json
from pathlib import Path

import pytest

from graph.errors import UnreachableError, UsageError
from graph.server.settings import find_target, folders, local_folder

PASSWORD = "p@ss:/#%word"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SIGHTLINE_HOME", str(tmp_path))


def keep_local() -> None:
    folder = local_folder()
    folder.mkdir(parents=True)
    (folder / "state.json").write_text(json.dumps({"bolt_port": 17687}))
    (folder / "password").write_text("kept\n")


def test_the_option_comes_before_the_environment_and_that_before_the_local_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keep_local()
    local = find_target()
    assert (local.uri, local.password, local.is_local) == ("bolt://127.0.0.1:17687", "kept", True)
    monkeypatch.setenv("NEO4J_URI", "neo4j://one.example")
    monkeypatch.setenv("NEO4J_PASSWORD", PASSWORD)
    named = find_target()
    assert (named.uri, named.password, named.username) == ("neo4j://one.example", PASSWORD, "neo4j")
    assert (named.origin, named.is_local, named.database) == ("NEO4J_URI", False, None)
    assert find_target("bolt://two.example:1234").uri == "bolt://two.example:1234"


def test_user_and_database_come_from_neo4js_own_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_USERNAME", "ana")
    monkeypatch.setenv("NEO4J_PASSWORD", PASSWORD)
    monkeypatch.setenv("NEO4J_DATABASE", "attack")
    target = find_target("neo4j+s://db.example")
    assert (target.username, target.database) == ("ana", "attack")


def test_the_password_is_in_no_representation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", PASSWORD)
    assert PASSWORD not in repr(find_target("bolt://h"))
    assert PASSWORD not in f"{find_target('bolt://h')}"


@pytest.mark.parametrize(
    "uri", ["http://h:7474", "h:7687", "bolt://", "bolt://h:port", "bolt://h\n", "bolt://[h", "", " "]
)
def test_what_is_no_address_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch, uri: str) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", PASSWORD)
    monkeypatch.setenv("NEO4J_URI", uri or "x")
    with pytest.raises(UsageError, match=r"NEO4J_URI: .*neo4j://localhost:7687") as raised:
        find_target()
    assert "\n" not in str(raised.value)


def test_a_password_in_the_address_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "other")
    with pytest.raises(UsageError, match="NEO4J_PASSWORD") as raised:
        find_target("bolt://ana:geheim@h:7687")
    assert "geheim" not in str(raised.value)


def test_a_missing_password_is_said_by_its_variable() -> None:
    with pytest.raises(UsageError, match="set NEO4J_PASSWORD"):
        find_target("bolt://h")


def test_without_any_server_the_way_to_one_is_said() -> None:
    with pytest.raises(UnreachableError, match="run `sightline up`") as raised:
        find_target()
    assert raised.value.exit_code == 4


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"bolt_port": "x"}', "{"])
def test_a_damaged_state_is_one_line(text: str) -> None:
    keep_local()
    (local_folder() / "state.json").write_text(text)
    with pytest.raises(UnreachableError, match="run `sightline up`"):
        find_target()


def test_all_folders_are_inside_the_given_home(tmp_path: Path) -> None:
    found = folders()
    assert {found.cache.parent, found.data.parent, found.state.parent} == {tmp_path}


def test_without_it_they_are_the_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SIGHTLINE_HOME")
    found = folders()
    assert all(
        folder.is_absolute() and "sightline" in folder.parts
        for folder in (found.cache, found.data, found.state)
    )
