"""Downloading the jars: from a repository of our own, on a free loopback port."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from graph.engine.jars import Jar, fetch_jars, locked_version, read_lock, repository
from graph.errors import EngineError, IntegrityError

CONTENT = {f"part{number}": bytes([number]) * (300_000 + number) for number in range(5)}


def jar(artifact: str, content: bytes) -> Jar:
    return Jar("org.example", artifact, "1.0", "", len(content), hashlib.sha256(content).hexdigest())


JARS = [jar(artifact, content) for artifact, content in CONTENT.items()]


@dataclass
class Repository:
    """What the server gives, what it refuses, and what it was asked for."""

    files: dict[str, bytes] = field(default_factory=lambda: {j.path: CONTENT[j.artifact] for j in JARS})
    refused: dict[str, int] = field(default_factory=dict)
    cut_after: int | None = None
    ranges: bool = True
    asked: list[tuple[str, str | None]] = field(default_factory=list)


@contextmanager
def served(repository: Repository) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name that http.server looks for
            path, wanted = self.path.removeprefix("/maven/"), self.headers["Range"]
            repository.asked.append((path, wanted))
            if path in repository.refused or path not in repository.files:
                self.send_error(repository.refused.get(path, 404))
                return
            start = (
                int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted and repository.ranges else 0
            )
            body = repository.files[path][start:]
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: repository.cut_after])

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/maven/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def maven(monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    given = Repository()
    with served(given) as address:
        monkeypatch.setenv("SIGHTLINE_MAVEN", address)
        yield given


def test_all_jars_come_verified_and_only_once(maven: Repository, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    files = fetch_jars(JARS, tmp_path, lambda done, total: told.append((done, total)))
    assert [file.read_bytes() for file in files] == list(CONTENT.values())
    assert told[-1] == (sum(j.size for j in JARS), sum(j.size for j in JARS))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    fetch_jars(JARS, tmp_path)
    assert len(maven.asked) == len(JARS)
    assert not list(tmp_path.glob("*.part"))


def test_a_wrong_checksum_names_the_jar_and_leaves_nothing_of_it(maven: Repository, tmp_path: Path) -> None:
    bad = JARS[2]
    maven.files[bad.path] = bytes(bad.size)
    with pytest.raises(IntegrityError, match=r"part2-1\.0\.jar: .*SHA-256 differs") as raised:
        fetch_jars(JARS, tmp_path)
    assert raised.value.exit_code == 11
    assert not list(tmp_path.glob("part2*"))


def test_a_jar_damaged_on_disk_is_brought_again(maven: Repository, tmp_path: Path) -> None:
    fetch_jars(JARS, tmp_path)
    (tmp_path / JARS[1].file_name).write_bytes(bytes(JARS[1].size))
    fetch_jars(JARS, tmp_path)
    assert [path for path, _ in maven.asked[len(JARS) :]] == [JARS[1].path]


def test_a_longer_jar_is_not_read_to_its_end(maven: Repository, tmp_path: Path) -> None:
    maven.files[JARS[0].path] += bytes(20_000_000)
    with pytest.raises(IntegrityError, match=r"part0-1\.0\.jar"):
        fetch_jars(JARS[:1], tmp_path)


def test_a_cut_download_goes_on_where_it_stopped(maven: Repository, tmp_path: Path) -> None:
    maven.cut_after = 100_000
    with pytest.raises(EngineError, match=r"part0-1\.0\.jar: the download failed"):
        fetch_jars(JARS[:1], tmp_path)
    maven.cut_after = None
    there = (tmp_path / f"{JARS[0].file_name}.part").stat().st_size
    assert there > 0
    fetch_jars(JARS[:1], tmp_path)
    assert maven.asked[-1] == (JARS[0].path, f"bytes={there}-")


def test_a_repository_without_ranges_starts_again(maven: Repository, tmp_path: Path) -> None:
    maven.ranges = False
    (tmp_path / f"{JARS[0].file_name}.part").write_bytes(b"something else")
    (file,) = fetch_jars(JARS[:1], tmp_path)
    assert file.read_bytes() == CONTENT["part0"]


def test_a_refusal_is_one_line_without_the_address(maven: Repository, tmp_path: Path) -> None:
    maven.refused[JARS[3].path] = 403
    with pytest.raises(EngineError) as raised:
        fetch_jars(JARS, tmp_path)
    line = str(raised.value)
    assert "part3-1.0.jar" in line
    assert "403" in line
    assert "SIGHTLINE_MAVEN" in line
    assert "http://" not in line
    assert raised.value.exit_code == 13


def test_a_repository_that_is_not_there_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGHTLINE_MAVEN", "http://127.0.0.1:9/maven")
    with pytest.raises(EngineError, match="the download failed: the connection failed"):
        fetch_jars(JARS[:1], tmp_path)


def test_two_at_once_bring_each_jar_once(maven: Repository, tmp_path: Path) -> None:
    threads = [threading.Thread(target=fetch_jars, args=(JARS, tmp_path)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(path for path, _ in maven.asked) == sorted(j.path for j in JARS)


def test_the_default_repository_is_not_ours_to_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SIGHTLINE_MAVEN", raising=False)
    assert repository().startswith("https://")


def test_a_classifier_is_part_of_the_name() -> None:
    plain = JARS[0]
    native = replace(plain, classifier="linux-x86_64")
    assert plain.path == "org/example/part0/1.0/part0-1.0.jar"
    assert native.path == "org/example/part0/1.0/part0-1.0-linux-x86_64.jar"


def test_the_committed_lock_is_whole() -> None:
    jars = read_lock()
    assert {
        ("org.neo4j", "neo4j", locked_version()),
        ("org.neo4j.app", "neo4j-server", locked_version()),
    } <= {(j.group, j.artifact, j.version) for j in jars}
    assert any(j.artifact == "neo4j-browser" for j in jars)
    assert {j.classifier for j in jars} >= {"linux-x86_64", "linux-aarch_64", "osx-x86_64", "osx-aarch_64"}
    assert len({j.file_name for j in jars}) == len(jars) > 200
    assert all(j.size > 0 and len(j.sha256) == 64 for j in jars)
