"""The way into the Browser: its address, what is exported, and what is said where there is no Browser."""

import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

import pytest

from cli import app
from cli.commands import browser
from cli.links import link_to
from graph.errors import UnreachableError, UsageError
from graph.server.settings import LOCAL, Target
from queries.workbench.pictures import picture

ADDRESS = "http://127.0.0.1:7474/browser/"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home in which no Neo4j was ever started."""
    monkeypatch.setenv("SIGHTLINE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("SIGHTLINE_BROWSER", raising=False)
    return tmp_path


def target(origin: str) -> Target:
    return Target("bolt://db.example:7687", "neo4j", "secret", "neo4j", origin)


def test_without_a_server_it_says_how_to_start_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["browser"]) == 4
    assert "`sightline up`" in capsys.readouterr().err


def test_a_link_into_a_server_of_yours_needs_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    given: Mapping[str, object] = {"release": "enterprise-attack@18.1", "attack_id": "T1528"}
    with pytest.raises(UsageError, match="SIGHTLINE_BROWSER"):
        link_to(target("NEO4J_URI"), picture("technique"), given)
    with pytest.raises(UnreachableError, match="sightline up"):
        link_to(target(LOCAL), picture("technique"), given)
    monkeypatch.setenv("SIGHTLINE_BROWSER", ADDRESS)
    link = link_to(target("NEO4J_URI"), picture("technique"), given)
    assert link.startswith(f"{ADDRESS}?cmd=edit&arg=")
    assert "WITH {release: 'enterprise-attack@18.1', attack_id: 'T1528'} AS given" in unquote(link)
    assert "secret" not in link


def test_the_export_has_four_files_and_no_rest(home: Path) -> None:
    for _ in range(2):
        assert app.run(["browser", "--export", str(home / "out"), "--quiet"]) == 0
    written = {path.name: path for path in (home / "out").iterdir()}
    assert set(written) == {"sightline-favorites.zip", "sightline.grass", "sightline.html", "README.txt"}
    assert len(written["README.txt"].read_text().splitlines()) == 3
    with zipfile.ZipFile(written["sightline-favorites.zip"]) as archive:
        assert "coverage/by-tactic.cypher" in archive.namelist()


def test_an_export_that_cannot_be_written_is_one_line(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "file").write_text("")
    assert app.run(["browser", "--export", str(home / "file")]) == 2
    assert "cannot be used" in capsys.readouterr().err
    assert stat.S_ISREG((home / "file").stat().st_mode)


def test_a_machine_without_a_web_browser_is_told_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    with pytest.raises(UsageError, match="7474"):
        browser._open(ADDRESS)
