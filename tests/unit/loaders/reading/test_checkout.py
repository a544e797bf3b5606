"""What a folder in a git checkout says of itself."""

import subprocess
from pathlib import Path

import pytest

from loaders.formats.sigma.collection import set_name
from loaders.reading.checkout import checkout_of

AUTHOR = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder `rules` of a checkout with one commit, whose committer's day is 2026-05-23 in UTC."""
    for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        monkeypatch.setenv(name, "2026-05-24T01:00:00+0300")
    rules = tmp_path / "our-detections" / "rules"
    rules.mkdir(parents=True)
    (rules / "a.yml").write_text("title: A\n")
    (rules / "note.txt").write_text("not a rule\n")
    git(rules.parent, "init", "-q")
    git(rules.parent, "add", ".")
    git(rules.parent, *AUTHOR, "commit", "-q", "-m", "first")
    return rules


def git(folder: Path, *words: str) -> str:
    return subprocess.run(
        ["git", "-C", str(folder), *words], check=True, capture_output=True, text=True
    ).stdout


def version(folder: Path) -> str:
    found = checkout_of(str(folder), (".yml",))
    assert found is not None
    return found.version


def test_the_version_is_the_day_and_the_hash_of_the_commit(folder: Path) -> None:
    assert version(folder) == f"2026-05-23.{git(folder, 'rev-parse', '--short', 'HEAD').strip()}"


@pytest.mark.parametrize("change", ["edited", "new", "gone"])
def test_changes_that_are_not_committed_are_marked(folder: Path, change: str) -> None:
    if change == "gone":
        (folder / "b.yml").write_text("title: B\n")
        git(folder, "add", ".")
        git(folder, *AUTHOR, "commit", "-q", "-m", "second")
        assert not version(folder).endswith("-changed")
        (folder / "b.yml").unlink()
    else:
        (folder / ("a.yml" if change == "edited" else "c.yml")).write_text("title: C\n")
    assert version(folder).endswith("-changed")


def test_other_files_are_no_change(folder: Path) -> None:
    (folder / "note.txt").write_text("another note\n")
    (folder.parent / "outside.yml").write_text("title: Outside\n")
    assert not version(folder).endswith("-changed")


def test_what_the_repository_configures_is_not_run(folder: Path, tmp_path: Path) -> None:
    trace = tmp_path / "ran"
    script = tmp_path / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch {trace}\ncat\n")
    script.chmod(0o755)
    for name in ("core.fsmonitor", "filter.evil.clean", "core.pager", "gpg.program"):
        git(folder, "config", name, str(script))
    git(folder, "config", "log.showSignature", "true")
    (folder / ".gitattributes").write_text("*.yml filter=evil\n")
    (folder / "a.yml").write_text("title: changed\n")
    assert version(folder).endswith("-changed")
    assert not trace.exists()


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        (None, "our-detections"),
        ("https://example.org/acme/Blue_Rules.git", "blue-rules"),
        ("git@example.org:acme/rules-of-ours/", "rules-of-ours"),
        ("https://github.com/SigmaHQ/sigma.git", "sigmahq"),
        ("git@github.com:SigmaHQ/sigma", "sigmahq"),
    ],
)
def test_the_name_is_the_repositorys(folder: Path, origin: str | None, name: str) -> None:
    if origin:
        git(folder, "remote", "add", "origin", origin)
    assert set_name(str(folder), None, None) == (name, version(folder))
    assert set_name(str(folder), "mine", None)[0] == "mine"
    assert set_name(str(folder), None, "7") == (name, "7")


def test_a_folder_that_the_commit_does_not_have_is_no_checkout(folder: Path, tmp_path: Path) -> None:
    untracked = folder.parent / "build"
    untracked.mkdir()
    (untracked / "x.yml").write_text("title: X\n")
    assert checkout_of(str(untracked), (".yml",)) is None
    assert checkout_of(str(tmp_path), (".yml",)) is None
    assert checkout_of(str(folder / "a.yml"), (".yml",)) is None
    empty = tmp_path / "empty"
    empty.mkdir()
    git(empty, "init", "-q")
    assert checkout_of(str(empty), (".yml",)) is None


def test_without_git_nothing_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert checkout_of(str(folder), (".yml",)) is None
