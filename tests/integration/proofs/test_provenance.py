"""Where releases and sets came from: stored, listed, and stated in proofs."""

import json
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from graph.server.connection import Graph
from loaders.reading.sources import read_file
from loaders.sample import releases
from proofs.document import proof
from proofs.paths import resolved
from proofs.report import ANCHORED
from proofs.sketches import Wish, sketched
from proofs.statement import write_statement
from proofs.verify import Anchors, verify
from queries.ask import ask
from queries.params import Nothing, OfObject
from queries.questions.lookup.questions import OBJECT, RAW
from queries.questions.releases.questions import LOADED, SETS
from tests.loads import load_attack, load_sigma
from tests.real_data import RealFile

RULE = """\
title: Token theft
id: 9b2cc4c4-2ad4-416d-8e8e-ee6aa6f5035a
status: stable
license: MIT
logsource: {product: azure, service: signinlogs}
detection: {a: {b: c}, condition: a}
tags: [attack.t1528]
"""
URL = "https://example.org/attack/bundle.json"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "home of somebody" / "rules"
    folder.mkdir(parents=True)
    (folder / "a.yml").write_text(RULE)
    for words in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "-m", "Add a rule")):
        who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, "-C", str(folder), *words], check=True)
    return folder


def fetched(file: Path, source: Path) -> Path:
    """Keep a copy of a file with a receipt, as `fetch` does."""
    file.write_bytes(source.read_bytes())
    stated = {
        "url": URL,
        "sha256": sha256(file.read_bytes()).hexdigest(),
        "fetched_at": "2026-05-23T10:00:00Z",
    }
    file.with_name(f"{file.name}.receipt.json").write_text(json.dumps(stated))
    return file


def test_address_day_and_commit_go_into_proofs(graph: Graph, checkout: Path, tmp_path: Path) -> None:
    bundle = json.loads(list(releases())[1].read_bytes())
    bundle["objects"] = [{**each, "x_mitre_version": "18.1"} if each["type"] == "x-mitre-collection" else each
                         for each in bundle["objects"]]  # fmt: skip
    (tmp_path / "plain.json").write_text(json.dumps(bundle))
    file = fetched(tmp_path / "bundle.json", tmp_path / "plain.json")
    load_attack(graph, read_file(str(file)))
    load_sigma(graph, str(checkout), set_version="1")
    commit = subprocess.run(
        ["git", "-C", str(checkout), "rev-parse", "HEAD"], check=True, capture_output=True, text=True
    ).stdout.strip()

    (release,) = ask(graph, LOADED, Nothing())
    assert (release.source_url, release.fetched_on, release.git_commit) == (URL, "2026-05-23", None)
    assert (release.source_name, release.published_as) == ("bundle.json", None)
    (rules,) = ask(graph, SETS, Nothing())
    assert (rules.source_url, rules.git_commit, rules.source_name) == (None, commit, "rules")

    statement = proof(graph, resolved(graph, sketched(graph, Wish(release.release, "T1528"))))
    assert [each["license"] for each in statement["predicate"]["records"] if "license" in each] == ["MIT"]
    by_kind = {source["annotations"]["kind"]: source for source in statement["predicate"]["sources"]}
    assert by_kind["sigma"]["digest"]["gitCommit"] == commit
    assert by_kind["attack"]["downloadLocation"] == URL
    assert by_kind["attack"]["annotations"]["fetched_on"] == "2026-05-23"
    document = write_statement(statement)
    assert b"somebody" not in document
    report = verify(document, Anchors((str(file), str(checkout))))
    assert report.verdict == ANCHORED
    assert "MIT" in {each.value for each in report.stated if each.what.startswith("license of the record ")}
    assert {("gitCommit", commit), ("downloadLocation", URL), ("fetched_on", "2026-05-23")} <= {
        (each.what.partition(" of the source ")[0], each.value) for each in report.stated
    }


def test_no_path_of_the_machine_is_in_the_graph(graph: Graph, checkout: Path) -> None:
    (checkout / "b.yml").write_text("title: [\n")
    load_sigma(graph, str(checkout), set_version="1")
    told = graph.read(
        "MATCH (n) RETURN properties(n) AS told UNION ALL MATCH ()-[r]->() RETURN properties(r) AS told"
    )
    assert not [row for row in told if "somebody" in str(row["told"])]
    files = graph.read(
        "MATCH ()-[c:CLAIMS]->() RETURN c.origin_file AS f UNION MATCH (p:Problem) RETURN p.path AS f"
    )
    assert {row["f"] for row in files} == {"a.yml", "b.yml"}


def test_the_published_file_is_told_byte_for_byte(graph: Graph, data: RealFile) -> None:
    load_attack(graph, read_file(str(data / "attack" / "ics-attack-18.1.json.gz")))
    published = "ics-attack 18.1 (STIX 2.1)"
    asked = OfObject("ics-attack@18.1", "T0800")
    (release,) = ask(graph, LOADED, Nothing())
    assert release.published_as == published
    assert [row.published_as for row in ask(graph, OBJECT, asked)] == [published]
    assert [row.published_as for row in ask(graph, RAW, asked)] == [published]
