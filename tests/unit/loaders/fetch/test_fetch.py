"""Fetching from a server of our own on loopback: what is kept, and what is refused in which words."""

import hashlib
import io
import json
import socket
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import pytest
from requests import Response

from graph.errors import (
    EngineError,
    IntegrityError,
    LimitExceededError,
    NotFoundError,
    SightlineError,
    UsageError,
)
from loaders.fetch import attack, ctid, sigma
from loaders.fetch.attack import fetch_attack
from loaders.fetch.content import fetch_content
from loaders.fetch.ctid import fetch_ctid
from loaders.fetch.download import Answer, Patience, _check_head, download
from loaders.fetch.shelf import keep, shelf
from loaders.fetch.sigma import fetch_sigma, newest_release
from loaders.reading.one_file import Limits
from loaders.reading.sources import read_file

SAMPLE = Path(__file__).parents[4] / "loaders" / "sample" / "enterprise-attack-18.1-sample.json"
IMPATIENT = Patience(connection=2, silence=0.5, whole=0.3)


@dataclass
class Page:
    """What the server answers at a path, faults included."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    """Bytes of the stated length that never come."""
    drip: bool = False
    """One byte at a time, for ever; released by the end of the test."""


@dataclass
class Place:
    """A public place on loopback."""

    url: str
    pages: dict[str, Page]
    over: threading.Event
    asked: list[str] = field(default_factory=list)
    logins: list[str | None] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    place: Place

    def do_GET(self) -> None:
        self.place.asked.append(self.path)
        self.place.logins.append(self.headers["Authorization"])
        page = self.place.pages.get(self.path, Page(b"no", 404))
        self.send_response(page.status)
        for name, value in page.headers.items():
            self.send_header(name, value)
        if not page.drip:
            self.send_header("Content-Length", str(len(page.body) + page.cut))
        self.end_headers()
        self.wfile.write(page.body)
        while page.drip and not self.place.over.wait(0.02):
            try:
                self.wfile.write(b" ")
            except OSError:
                return

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def place() -> Iterator[Place]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    here = Place(f"http://127.0.0.1:{server.server_port}", {}, threading.Event())
    server.RequestHandlerClass = type("Handler", (_Handler,), {"place": here})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield here
    here.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()


class TestDownload:
    def test_whole_file(self, place: Place) -> None:
        place.pages["/a"] = Page(b"{}")
        assert download(f"{place.url}/a") == Answer(f"{place.url}/a", f"{place.url}/a", b"{}")

    def test_redirect_is_followed_and_told(self, place: Place) -> None:
        place.pages["/a"] = Page(status=302, headers={"Location": "/b"})
        place.pages["/b"] = Page(b"{}")
        assert download(f"{place.url}/a").final_url == f"{place.url}/b"

    @pytest.mark.parametrize(
        ("page", "kind", "words"),
        [
            (
                Page(b"no", 404),
                EngineError,
                "the server answers 404 Not Found; check that this release is published",
            ),
            (Page(b"no", 503), EngineError, "the server answers 503"),
            (Page(b"[1, 2", cut=10), EngineError, "the file was cut short"),
            (Page(status=302, headers={"Location": "/a"}), EngineError, "redirects more than 5 times"),
            (Page(b"\n <!DOCTYPE html><p>Log in"), EngineError, "received a web page instead of the file"),
            (Page(b"<html>"), EngineError, "received a web page instead of the file"),
            (
                Page(b"x", cut=2 * 1024**3),
                LimitExceededError,
                "larger than 268,435,456 bytes; raise --max-bytes",
            ),
            (Page(drip=True), EngineError, "the download is too slow"),
            (Page(b"[", drip=True), EngineError, "the download is too slow"),
        ],
    )
    def test_one_line(self, place: Place, page: Page, kind: type[SightlineError], words: str) -> None:
        place.pages["/a"] = page
        with pytest.raises(kind, match=words) as caught:
            download(f"{place.url}/a", patience=IMPATIENT)
        assert str(caught.value).startswith(f"{place.url}/a: ")
        assert "\n" not in str(caught.value)

    def test_leaving_https_is_refused(self) -> None:
        response = Response()
        response.status_code, response.url = 200, "http://elsewhere.example/a"
        with pytest.raises(EngineError, match="is redirected away from HTTPS"):
            _check_head("https://here.example/a", response, Limits())

    def test_more_than_stated_or_without_a_stated_size(self, place: Place) -> None:
        place.pages["/a"] = Page(drip=True)
        with pytest.raises(LimitExceededError, match="larger than 5 bytes"):
            download(f"{place.url}/a", Limits(file_bytes=5), Patience(whole=60))

    def test_silence(self, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(place.over, "wait", lambda _seconds: threading.Event().wait(1.5))
        place.pages["/a"] = Page(b"[", drip=True)
        with pytest.raises(EngineError, match="stopped responding"):
            download(f"{place.url}/a", patience=IMPATIENT)

    def test_closed_port(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            with pytest.raises(EngineError, match=r"the connection failed"):
                download(f"http://127.0.0.1:{taken.getsockname()[1]}/a")

    def test_https_where_there_is_none(self, place: Place) -> None:
        with pytest.raises(EngineError, match=r"certificate is not trusted|connection failed"):
            download(f"{place.url.replace('http:', 'https:')}/a", patience=IMPATIENT)

    @pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x/y", "", "C:\\x"])
    def test_no_web_address(self, url: str) -> None:
        with pytest.raises(UsageError, match="not an http or https URL"):
            download(url)


class TestShelf:
    def test_copy_and_receipt(self, tmp_path: Path) -> None:
        fetched = keep(
            Answer("http://a", "http://b", b"data"), "x.json", shelf("attack", tmp_path), "reading"
        )
        path = Path(fetched.path)
        assert path.read_bytes() == b"data"
        assert path.parent.parent == tmp_path / "attack"
        assert fetched.sha256 == hashlib.sha256(b"data").hexdigest()
        receipt = json.loads(path.with_name("x.json.receipt.json").read_bytes())
        assert (receipt["url"], receipt["final_url"], receipt["verified"]) == (
            "http://a",
            "http://b",
            "reading",
        )
        assert [each.name for each in path.parent.iterdir() if each.name.startswith(".")] == []

    @pytest.mark.parametrize("name", ["../x", "/x", ".x", "a/b", "", "a\nb", "-x", "x" * 200])
    def test_odd_names_from_a_server(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(EngineError, match="the server names its file"):
            keep(Answer("http://a", "http://a", b""), name, tmp_path, "")
        assert list(tmp_path.iterdir()) == []

    def test_folder_that_cannot_be_made(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_bytes(b"")
        with pytest.raises(EngineError, match="cannot be used"):
            keep(Answer("http://a", "http://a", b""), "x", tmp_path / "file" / "sub", "")

    def test_default_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SIGHTLINE_HOME", str(tmp_path))
        assert shelf("sigma").parent == tmp_path / "data" / "fetched" / "sigma"


def attack_index(*versions: str, name: str = "Enterprise ATT&CK") -> bytes:
    domain = name.partition(" ")[0].lower()
    listed = [
        {"version": each, "url": f"{attack.PUBLIC_PLACE}/{domain}-attack/{domain}-attack-{each}.json"}
        for each in versions
    ]
    return as_json(
        {"name": "x", "collections": [{"name": name, "versions": listed}, {"name": "Other", "versions": []}]}
    )


class TestAttack:
    PATH = "/enterprise-attack/enterprise-attack-18.1-sample.json"

    @pytest.mark.parametrize("login", ["bob:s3cretTok", "bob:s3cret%2FTok", "a@b:s3cretTok"])
    def test_a_login_is_used_and_neither_told_nor_kept(
        self, place: Place, tmp_path: Path, login: str
    ) -> None:
        place.pages["/index.json"] = Page(attack_index("18.1-sample"))
        place.pages[self.PATH] = Page(SAMPLE.read_bytes())
        base = place.url.replace("//", f"//{login}@")
        (fetched,) = fetch_attack(["18.1-sample"], base_url=base, folder=tmp_path)
        assert len(place.logins) == 2
        assert all(each and each.startswith("Basic ") for each in place.logins)
        kept = [file.read_text() for file in tmp_path.rglob("*.receipt.json")]
        assert len(kept) == 1
        place.pages.clear()
        with pytest.raises(EngineError) as refused:
            fetch_attack(["18.1-sample"], base_url=base, folder=tmp_path)
        for text in (repr(fetched), *kept, str(refused.value)):
            assert "s3cret" not in text
            assert "//****@127.0.0.1" in text

    @pytest.mark.parametrize(
        "base", ["ftp://bob:s3cretTok@x/attack", "http://bob:s3cretTok@127.0.0.1:9/attack"]
    )
    def test_a_login_is_not_told_when_nothing_answers(self, base: str) -> None:
        with pytest.raises(SightlineError) as refused:
            fetch_attack(base_url=base)
        assert "s3cret" not in str(refused.value)
        assert "****@" in str(refused.value)

    def test_fetched_verified_and_kept(self, place: Place, tmp_path: Path) -> None:
        place.pages["/index.json"] = Page(attack_index("9.0", "18.1-sample"))
        place.pages[self.PATH] = Page(SAMPLE.read_bytes())
        (fetched,) = fetch_attack(["18.1-sample"], base_url=f"{place.url}/", folder=tmp_path)
        assert Path(fetched.path).name == "enterprise-attack-18.1-sample.json"
        assert read_file(fetched.path).data == SAMPLE.read_bytes()
        assert fetched.verified == "a whole bundle that states enterprise-attack@18.1-sample"
        assert place.asked == ["/index.json", self.PATH]

    def test_the_newest_by_number(self, place: Place) -> None:
        place.pages["/index.json"] = Page(attack_index("9.0", "10.1", "8.2"))
        with pytest.raises(EngineError, match="404"):
            fetch_attack(base_url=place.url)
        assert place.asked[-1] == "/enterprise-attack/enterprise-attack-10.1.json"

    @pytest.mark.parametrize(
        ("release", "words"),
        [
            ("18.2", r"the index does not list enterprise-attack 18.2 \(did you mean '18.1'\?\)"),
            ("ics-attack@18.1", "does not list ics-attack 18.1.*available domains"),
        ],
    )
    def test_release_that_is_not_listed(self, place: Place, release: str, words: str) -> None:
        place.pages["/index.json"] = Page(attack_index("18.1", "18.0"))
        with pytest.raises(NotFoundError, match=words):
            fetch_attack([release], base_url=place.url)

    @pytest.mark.parametrize(
        ("body", "words"),
        [
            (SAMPLE.read_bytes(), "the file is enterprise-attack@18.1-sample, not enterprise-attack@18.1"),
            (SAMPLE.read_bytes()[:-100], "not JSON"),
            (b"{}", "fetch it again"),
        ],
    )
    def test_another_file_than_asked_for(self, place: Place, tmp_path: Path, body: bytes, words: str) -> None:
        place.pages["/index.json"] = Page(attack_index("18.1"))
        place.pages["/enterprise-attack/enterprise-attack-18.1.json"] = Page(body)
        with pytest.raises(IntegrityError, match=words):
            fetch_attack(base_url=place.url, folder=tmp_path)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        "index", [b"{}", b"[]", b'{"collections": [{"name": "Enterprise ATT&CK"}]}', b"{"]
    )
    def test_no_index(self, place: Place, index: bytes) -> None:
        place.pages["/index.json"] = Page(index)
        with pytest.raises(IntegrityError, match="index"):
            fetch_attack(base_url=place.url)

    @pytest.mark.data
    def test_the_published_index(self, place: Place, data: Path) -> None:
        place.pages["/index.json"] = Page((data / "attack" / "index.json").read_bytes())
        listed = attack.list_published(base_url=place.url)
        assert {each.domain for each in listed} == {"enterprise-attack", "mobile-attack", "ics-attack"}
        assert all(each.url.startswith(place.url) for each in listed)
        assert ("enterprise-attack", "18.1") in {(each.domain, each.version) for each in listed}


def rules_archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("rules/a.yml", "title: a")
        archive.writestr("rules/b.yml", "title: b")
    return buffer.getvalue()


def rules_release(archive: bytes, **asset: object) -> bytes:
    stated: dict[str, Any] = {
        "name": sigma.ASSET,
        "size": len(archive),
        "digest": f"sha256:{hashlib.sha256(archive).hexdigest()}",
        **asset,
    }
    return as_json({"tag_name": "r2026-04-01", "assets": [{"name": "other.zip"}, stated]})


class TestSigma:
    FILE = "/releases/download/r2026-04-01/sigma_all_rules.zip"

    @pytest.mark.parametrize(("release", "page"), [(None, "latest"), ("r2026-04-01", "tags/r2026-04-01")])
    def test_fetched_verified_and_kept(
        self, place: Place, tmp_path: Path, release: str | None, page: str
    ) -> None:
        archive = rules_archive()
        place.pages[f"/releases/{page}"] = Page(rules_release(archive))
        place.pages[self.FILE] = Page(archive)
        fetched = fetch_sigma(release, base_url=place.url, folder=tmp_path)
        assert Path(fetched.path).name == "sigma_all_rules-r2026-04-01.zip"
        assert fetched.verified == "the SHA-256 that the release states, 2 rule files"

    def test_release_without_a_digest(self, place: Place, tmp_path: Path) -> None:
        archive = rules_archive()
        place.pages["/releases/latest"] = Page(rules_release(archive, digest=None))
        place.pages[self.FILE] = Page(archive)
        assert "states no SHA-256" in fetch_sigma(base_url=place.url, folder=tmp_path).verified

    @pytest.mark.parametrize(
        ("asset", "archive", "words"),
        [
            ({"digest": f"sha256:{'0' * 64}"}, rules_archive(), "the release states 0000000000000000"),
            ({"digest": None, "size": 5}, rules_archive(), "the release states 5"),
            ({"digest": None, "size": None}, rules_archive()[:-30], "damaged zip archive"),
            (
                {"digest": None, "size": None},
                rules_archive().replace(b"title: a", b"title: x"),
                "archive is damaged",
            ),
            ({"name": "core.zip"}, rules_archive(), "the release has no file sigma_all_rules.zip"),
        ],
    )
    def test_another_archive_than_stated(
        self, place: Place, tmp_path: Path, asset: dict[str, object], archive: bytes, words: str
    ) -> None:
        place.pages["/releases/latest"] = Page(rules_release(rules_archive(), **asset))
        place.pages[self.FILE] = Page(archive)
        with pytest.raises(IntegrityError, match=words):
            fetch_sigma(base_url=place.url, folder=tmp_path)
        assert list(tmp_path.iterdir()) == []


def mapping_path(framework: str, version: str, release: str, domain: str = "enterprise") -> str:
    folder = f"mappings/{framework}/attack-{release}/{framework}-{version}/{domain}"
    return f"{folder}/{framework}-{version}_attack-{release}-{domain}.json"


def mapping(release: str) -> bytes:
    return as_json({"metadata": {"attack_version": release}, "mapping_objects": []})


def blob(data: bytes) -> str:
    return hashlib.sha1(f"blob {len(data)}\0".encode() + data, usedforsecurity=False).hexdigest()


def tree(files: dict[str, bytes], *, truncated: bool = False) -> bytes:
    entries = [{"path": path, "sha": blob(data), "type": "blob"} for path, data in files.items()]
    return as_json({"tree": entries, "truncated": truncated})


class TestCtid:
    LISTED = "/git/trees/main?recursive=1"
    FILES: ClassVar = {
        mapping_path("aws", "12.12.2024", "16.1"): mapping("16.1"),
        mapping_path("aws", "12.12.2024", "9.0"): mapping("9.0"),
        mapping_path("aws", "09.21.2021", "19.0"): mapping("19.0"),
        mapping_path("kev", "07.28.2025", "16.1", "mobile"): mapping("16.1"),
        mapping_path("nist_800_53", "rev5", "16.1"): mapping("16.1"),
        "mappings/aws/attack-16.1/aws-12.12.2024/enterprise/aws_navigator_layer.json": b"{}",
        "README.md": b"x",
    }

    def serve(self, place: Place, files: dict[str, bytes]) -> None:
        place.pages[self.LISTED] = Page(tree(files))
        place.pages.update({f"/{path}": Page(data) for path, data in files.items()})

    def test_the_newest_of_each_framework(self, place: Place, tmp_path: Path) -> None:
        self.serve(place, self.FILES)
        fetched = fetch_ctid(["aws", "nist_800_53"], base_url=place.url, folder=tmp_path)
        assert [Path(each.path).name for each in fetched] == [
            "aws-12.12.2024_attack-16.1-enterprise.json",
            "nist_800_53-rev5_attack-16.1-enterprise.json",
        ]
        assert fetched[0].verified == f"git blob {blob(mapping('16.1'))}"

    def test_unknown_framework(self, place: Place) -> None:
        self.serve(place, self.FILES)
        with pytest.raises(NotFoundError, match="no mapping 'kev'; available: aws, nist_800_53"):
            fetch_ctid(["kev"], base_url=place.url)

    def test_file_that_is_not_the_listed_one(self, place: Place, tmp_path: Path) -> None:
        self.serve(place, self.FILES)
        place.pages[f"/{mapping_path('aws', '12.12.2024', '16.1')}"] = Page(mapping("16.1") + b"\n")
        with pytest.raises(IntegrityError, match=r"the file is git blob .*, the repository lists"):
            fetch_ctid(["aws"], base_url=place.url, folder=tmp_path)
        assert list(tmp_path.iterdir()) == []

    def test_file_for_another_release_than_its_path_says(self, place: Place, tmp_path: Path) -> None:
        self.serve(place, {mapping_path("aws", "1.1.2027", "19.1"): mapping("16.1")})
        with pytest.raises(IntegrityError, match=r"made for ATT&CK 16\.1, its path says 19\.1"):
            fetch_ctid(["aws"], base_url=place.url, folder=tmp_path)

    @pytest.mark.parametrize("body", [b"{}", tree({}, truncated=True), b'{"tree": 1, "truncated": false}'])
    def test_no_whole_list(self, place: Place, body: bytes) -> None:
        place.pages[self.LISTED] = Page(body)
        with pytest.raises(IntegrityError, match="list of"):
            ctid.list_mappings(base_url=place.url)


COMMIT = "0123456789abcdef0123456789abcdef01234567"


def repository_archive(*paths: str, comment: str = COMMIT) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in paths:
            archive.writestr(f"repository-{COMMIT}/{path}", f"text of {path}")
        archive.comment = comment.encode()
    return buffer.getvalue()


def commit(sha: str = COMMIT, date: str = "2026-08-21T10:00:00Z") -> bytes:
    return as_json({"sha": sha, "commit": {"committer": {"date": date, "name": "x"}}})


class Content(NamedTuple):
    """A repository, and what is kept of it."""

    word: str
    ref: str | None
    kept: tuple[str, ...]
    other: tuple[str, ...]
    name: str


CONTENTS = (
    Content(
        "elastic",
        None,
        ("LICENSE.txt", "rules/a.toml", "rules_building_block/b.toml"),
        ("hunting/c.toml", "pyproject.toml"),
        "elastic-detection-rules-2026-08-21-0123456789ab.zip",
    ),
    Content(
        "splunk",
        "v5",
        ("LICENSE", "data_sources/b.yml", "detections/cloud/a.yml"),
        ("macros/c.yml", "detections/a.png"),
        "splunk-security-content-2026-08-21-0123456789ab.zip",
    ),
    Content(
        "sentinel",
        None,
        ("Detections/A/a.yaml", "Solutions/X/Analytic Rules/b.yaml"),
        ("Solutions/X/Workbooks/c.yaml", "a.png"),
        "sentinel-rules-2026-08-21-0123456789ab.zip",
    ),
    Content(
        "sigma",
        "r2026-04-01",
        ("regression_data/a/info.yml", "rules-dfir/b.yml", "rules/a.yml"),
        ("regression_data/a/a.evtx", "other/c.yml"),
        "sigma-rules-r2026-04-01.zip",
    ),
)


class TestContent:
    @pytest.mark.parametrize("content", CONTENTS, ids=lambda content: content.word)
    def test_the_rules_of_a_commit_are_kept(self, place: Place, tmp_path: Path, content: Content) -> None:
        place.pages[f"/commits/{content.ref or 'HEAD'}"] = Page(commit())
        place.pages[f"/archive/{COMMIT}.zip"] = Page(repository_archive(*content.other, *content.kept))
        fetched = fetch_content(content.word, content.ref, base_url=place.url, folder=tmp_path)
        assert Path(fetched.path).name == content.name
        assert fetched.verified.startswith(f"the commit {COMMIT}, {len(content.kept)} files")
        with zipfile.ZipFile(fetched.path) as archive:
            assert tuple(archive.namelist()) == content.kept
            assert archive.read(content.kept[0]).decode() == f"text of {content.kept[0]}"

    @pytest.mark.parametrize(
        ("about", "archive", "words"),
        [
            (commit(sha="short"), b"", "states no commit"),
            (commit(), repository_archive("rules/a.toml", comment="f" * 40), "is of the commit ffff"),
            (commit(), repository_archive("rules/a.toml", comment=""), "is of the commit unknown"),
            (commit(), repository_archive("readme.toml"), "has no rules"),
            (commit(), repository_archive("rules/a.toml")[:-80], "damaged zip archive"),
        ],
    )
    def test_another_archive_than_asked_for(
        self, place: Place, tmp_path: Path, about: bytes, archive: bytes, words: str
    ) -> None:
        place.pages["/commits/HEAD"] = Page(about)
        place.pages[f"/archive/{COMMIT}.zip"] = Page(archive)
        with pytest.raises(IntegrityError, match=words):
            fetch_content("elastic", base_url=place.url, folder=tmp_path)
        assert list(tmp_path.iterdir()) == []

    def test_the_same_commit_gives_the_same_bytes(self, place: Place, tmp_path: Path) -> None:
        place.pages["/commits/HEAD"] = Page(commit())
        place.pages[f"/archive/{COMMIT}.zip"] = Page(repository_archive("rules/a.toml", "rules/b.toml"))
        first, second = (
            fetch_content("elastic", base_url=place.url, folder=tmp_path / name).sha256 for name in "ab"
        )
        assert first == second

    def test_the_newest_release_of_sigma(self, place: Place) -> None:
        place.pages["/releases/latest"] = Page(rules_release(rules_archive()))
        assert newest_release(base_url=place.url) == "r2026-04-01"
