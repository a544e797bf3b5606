"""Where a source came from: receipts of `fetch`, commits of clean checkouts, and the files that MITRE published."""

import json
import os
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from loaders.provenance import UNKNOWN, Provenance, provenance_of
from loaders.reading.sources import read_file
from loaders.tables.published import published_as
from tests.real_data import RealFile

URL = "https://example.org/attack/enterprise-attack-18.1.json"


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(
        ["git", *who, "-C", str(folder), *words], check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "checkout"
    (root / "rules" / "windows").mkdir(parents=True)
    (root / "rules" / "windows" / "a.yml").write_text("title: a\n")
    (root / "rules" / "b.yml").write_text("title: b\n")
    (root / "other.txt").write_text("other\n")
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "Add rules")
    return root


def test_a_clean_checkout_gives_the_commit(checkout: Path) -> None:
    commit = git(checkout, "rev-parse", "HEAD")
    found = Provenance(git_commit=commit)
    for path in (checkout, checkout / "rules", checkout / "rules" / "b.yml"):
        assert provenance_of(str(path)) == found
    (checkout / "other.txt").write_text("changed, and not among the rules\n")
    assert provenance_of(str(checkout / "rules")) == found
    assert provenance_of(str(checkout)) == UNKNOWN


def test_a_checkout_in_another_kind_of_hash(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--object-format=sha256")
    (tmp_path / "a.yml").write_text("title: a\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "Add a rule")
    assert provenance_of(str(tmp_path / "a.yml")).git_commit == git(tmp_path, "rev-parse", "HEAD")


@pytest.mark.parametrize("change", ["edited", "added", "deleted", "staged", "linked"])
def test_what_the_commit_does_not_have_gives_none(checkout: Path, change: str) -> None:
    rules = checkout / "rules"
    if change == "edited":
        (rules / "b.yml").write_text("title: c\n")
    elif change == "added":
        (rules / "c.yml").write_text("title: c\n")
    elif change == "deleted":
        (rules / "b.yml").unlink()
    elif change == "staged":
        (rules / "b.yml").write_text("title: c\n")
        git(checkout, "add", ".")
    else:
        (rules / "b.yml").unlink()
        (rules / "b.yml").symlink_to("windows/a.yml")
    assert provenance_of(str(rules)) == UNKNOWN
    if change != "added":
        assert provenance_of(str(rules / "b.yml")) == UNKNOWN


def test_nothing_that_a_checkout_configures_is_run(checkout: Path, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    script = tmp_path / "run"
    script.write_text(f"#!/bin/sh\ntouch {trap}\ncat\n")
    script.chmod(0o755)
    for name in ("core.fsmonitor", "filter.x.clean", "filter.x.smudge", "core.pager", "core.sshCommand"):
        git(checkout, "config", name, str(script))
    (checkout / ".git" / "info").mkdir(exist_ok=True)
    (checkout / ".git" / "info" / "attributes").write_text("*.yml filter=x\n")
    os.utime(checkout / "rules" / "b.yml", (0, 0))
    assert provenance_of(str(checkout / "rules")).git_commit
    assert not trap.exists()


def test_no_checkout_and_no_file_is_unknown(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("title: a\n")
    (tmp_path / ".git").write_text("gitdir: /nowhere\n")
    for path in ("a.yml", "none.yml", ".", "a.yml!b"):
        assert provenance_of(str(tmp_path / path)) == UNKNOWN
    assert provenance_of("-") == UNKNOWN


def receipt(file: Path, **changes: object) -> None:
    stated = {
        "url": URL,
        "sha256": sha256(file.read_bytes()).hexdigest(),
        "fetched_at": "2026-05-23T10:00:00Z",
    }
    file.with_name(f"{file.name}.receipt.json").write_text(json.dumps({**stated, **changes}))


def test_a_receipt_gives_address_and_day(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text("{}")
    receipt(file)
    assert provenance_of(str(file)) == Provenance(URL, "2026-05-23")
    file.write_text("{ }")
    assert provenance_of(str(file)) == UNKNOWN


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"sha256": "ab" * 32}, UNKNOWN),
        ({"url": "file:///etc/passwd"}, Provenance(None, "2026-05-23")),
        ({"url": "https://example.org/\x1b]0;x\x07"}, Provenance(None, "2026-05-23")),
        ({"url": ["https://example.org/"]}, Provenance(None, "2026-05-23")),
        ({"fetched_at": "yesterday"}, Provenance(URL, None)),
        ({"more": "x" * 100_000}, UNKNOWN),
    ],
)
def test_a_receipt_is_believed_for_its_file_only(
    tmp_path: Path, changes: dict[str, object], found: Provenance
) -> None:
    file = tmp_path / "a.json"
    file.write_text("{}")
    receipt(file, **changes)
    assert provenance_of(str(file)) == found


@pytest.mark.parametrize(
    ("pattern", "published"),
    [
        ("ics-attack-*", {"ics-attack 12.1 (STIX 2.0)", "ics-attack 16.1 (STIX 2.0)", "ics-attack 17.1 (STIX 2.1)",
                          "ics-attack 18.1 (STIX 2.1)", "ics-attack 19.1 (STIX 2.0)"}),
        ("mobile-attack-*", {"mobile-attack 15.1 (STIX 2.0)", "mobile-attack 17.1 (STIX 2.1)", None}),
        ("enterprise-attack-*", {None}),
    ],
)  # fmt: skip
def test_files_that_mitre_published_are_known(
    data: RealFile, pattern: str, published: set[str | None]
) -> None:
    files = sorted(Path(data / "attack").glob(f"{pattern}.json.gz"))
    assert {published_as(read_file(str(file)).sha256) for file in files} == published
