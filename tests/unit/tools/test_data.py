"""`make data`: what is fetched from a mirror is kept only if it is what the table lists."""

import gzip
import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from loaders.fetch.attack import PUBLIC_PLACE
from loaders.formats.attack.bundle import read_bundle
from tests.bundles import as_source, bundle, thing
from tests.real_data import RealFile
from tools.data import FETCHERS, Wanted, bring, root_of, wanted

BUNDLE = bundle(thing("attack-pattern", "Steal", "T1528"), version="0.9")
PATH = "attack/enterprise-attack-0.9.json.gz"
LISTED = Wanted(PATH, read_bundle(as_source(BUNDLE)).content_root, "attack enterprise-attack@0.9")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Print nothing."""


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[str]:
    """A mirror that publishes the bundle as release 0.9."""
    public = tmp_path / "public"
    (public / "enterprise-attack").mkdir(parents=True)
    (public / "enterprise-attack" / "enterprise-attack-0.9.json").write_bytes(BUNDLE)
    versions = [{"version": "0.9", "url": f"{PUBLIC_PLACE}/enterprise-attack/enterprise-attack-0.9.json"}]
    index = {"collections": [{"name": "Enterprise ATT&CK", "versions": versions}]}
    (public / "index.json").write_text(json.dumps(index))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(public)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_what_is_published_is_fetched_and_then_checked(mirror: str, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert bring(LISTED, folder, mirror) == "fetched"
    assert gzip.decompress((folder / PATH).read_bytes()) == BUNDLE
    assert bring(LISTED, folder, mirror) == "checked"


def test_other_content_is_not_kept(mirror: str, tmp_path: Path) -> None:
    other = Wanted(PATH, "0" * 64, LISTED.fetch)
    assert bring(other, tmp_path / "data", mirror).startswith("not kept")
    assert not (tmp_path / "data" / PATH).exists()


def test_a_file_with_other_content_is_named_and_left_alone(mirror: str, tmp_path: Path) -> None:
    assert bring(LISTED, tmp_path, mirror) == "fetched"
    other = Wanted(PATH, "0" * 64, LISTED.fetch)
    assert "other content" in bring(other, tmp_path, mirror)
    assert (tmp_path / PATH).exists()


def test_what_the_mirror_lacks_and_what_nobody_publishes_is_named(mirror: str, tmp_path: Path) -> None:
    absent = Wanted("attack/enterprise-attack-0.8.json.gz", "0" * 64, "attack enterprise-attack@0.8")
    assert "the index does not list enterprise-attack 0.8" in bring(absent, tmp_path, mirror)
    assert "not published" in bring(Wanted("rules/x.zip", "", ""), tmp_path, mirror)


def test_the_table_names_commands_that_there_are() -> None:
    assert len({each.path for each in wanted()}) == len(wanted())
    for each in wanted():
        kind, _, what = each.fetch.partition(" ")
        assert not each.fetch or (kind == each.kind and kind in FETCHERS and what)
        assert not each.fetch or len(each.content_root) == 64


@pytest.mark.parametrize("kind", ["attack", "ctid", "sigma"])
def test_the_table_lists_the_roots_of_the_real_files(data: RealFile, kind: str) -> None:
    fetched = next(each for each in wanted() if each.kind == kind and each.fetch)
    file = data
    for name in Path(fetched.path).parts:
        file = file / name
    assert root_of(kind, file) == fetched.content_root
