"""The archive that Neo4j serves in place of its jar's Browser."""

import zipfile
from pathlib import Path

import pytest

from graph.engine.web import ARCHIVE, Workbench, provide_archive

PAGES = {"sightline.html": b"<p>guide</p>", "sightline.grass": b"node {}"}


@pytest.fixture
def jar(tmp_path: Path) -> Path:
    """A jar as Maven's: no entries for folders."""
    path = tmp_path / "neo4j-browser-1.2.3.jar"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("META-INF/MANIFEST.MF", "Manifest-Version: 1.0")
        made.writestr("browser/assets/fonts/a.woff", b"\x00\x01")
        made.writestr("browser/index.html", "<html>")
    return path


def test_the_archive_has_the_jars_browser_and_our_pages(jar: Path, tmp_path: Path) -> None:
    before = jar.read_bytes()
    assert provide_archive(jar, PAGES, tmp_path / "web")
    with zipfile.ZipFile(tmp_path / "web" / ARCHIVE) as made:
        assert made.namelist() == [
            *("browser/", "browser/assets/", "browser/assets/fonts/"),
            *("browser/assets/fonts/a.woff", "browser/index.html"),
            *("browser/sightline.html", "browser/sightline.grass"),
        ]
        assert made.read("browser/assets/fonts/a.woff") == b"\x00\x01"
        assert made.read("browser/sightline.html") == b"<p>guide</p>"
    assert jar.read_bytes() == before
    assert [path.name for path in (tmp_path / "web").iterdir()] == [ARCHIVE]


def test_it_is_made_anew_only_when_something_changed(jar: Path, tmp_path: Path) -> None:
    assert provide_archive(jar, PAGES, tmp_path)
    assert not provide_archive(jar, PAGES, tmp_path)
    assert provide_archive(jar, PAGES | {"sightline.grass": b"node { color: #000000; }"}, tmp_path)
    other = jar.rename(jar.with_name("neo4j-browser-1.2.4.jar"))
    assert provide_archive(other, PAGES, tmp_path)


def test_a_damaged_archive_is_replaced(jar: Path, tmp_path: Path) -> None:
    (tmp_path / ARCHIVE).write_bytes(b"half of it")
    assert provide_archive(jar, PAGES, tmp_path)
    assert not provide_archive(jar, PAGES, tmp_path)


def test_a_page_of_ours_never_replaces_one_of_the_browser(jar: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"index\.html"):
        provide_archive(jar, {"index.html": b"ours"}, tmp_path)
    assert not (tmp_path / ARCHIVE).exists()


def test_the_commands_get_the_address() -> None:
    bench = Workbench({}, "style {browser}a.grass; guide {browser}a.html; param x => [n IN [1] | {y: n}]")
    assert bench.commands_at("http://h:1/browser/") == (
        "style http://h:1/browser/a.grass; guide http://h:1/browser/a.html; param x => [n IN [1] | {y: n}]"
    )
