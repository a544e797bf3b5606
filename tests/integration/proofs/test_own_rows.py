"""A user's own rows for the log-source tables (`--aliases`): traced to, proven, compared with the user's file."""

import json
from pathlib import Path

import pytest

from docs.query_answers import load_example
from graph.record import canonical, sha256_hex
from graph.server.connection import Graph
from loaders.tables.rows import packed
from loaders.tables.sigma_sources import SIGMA_TABLE
from proofs.document import proof
from proofs.paths import Trace, resolved
from proofs.report import ANCHORED, CONSISTENT, REFUSED
from proofs.sketches import Wish, sketched
from proofs.statement import write_statement
from proofs.verify import Anchors, verify
from tests import second_verifier
from tests.loads import load_sigma

RELEASE = "enterprise-attack@18.1-sample"
CONSENT = "16161616-aaaa-4bbb-8ccc-000000000001"
RULE = f"""
title: Consent in our own log
id: {CONSENT}
status: test
tags: [attack.t1528]
logsource: {{product: ours, service: consent}}
detection:
  sel: {{a: b}}
  condition: sel
"""
HEADER = "product,category,service,scope,platforms,log_sources,data_components,confidence,note\n"
FIRST = f"{HEADER}ours,,consent,log,SaaS,Our Proxy,DC0038,low,\n"
ROW = "ours,,consent,log,SaaS,Our Consents;azure:audit,DC0038,high,\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "rule.yml").write_text(RULE)
    (tmp_path / "first.csv").write_text(FIRST)
    (tmp_path / "ours.csv").write_text(f"{HEADER}ours,,other,log,SaaS,Other,DC0038,high,\n{ROW}")
    return tmp_path


def load(graph: Graph, files: Path, *tables: str) -> Trace:
    load_example(graph)
    own = [str(files / each) for each in tables]
    load_sigma(graph, str(files / "rules"), set_name="mine", set_version="1", alias_files=own)
    return resolved(graph, sketched(graph, Wish(RELEASE, CONSENT)))


def test_the_row_is_a_record_of_the_proof(graph: Graph, files: Path) -> None:
    found = load(graph, files, "first.csv", "ours.csv")
    assert found.lost == ()
    row = dict(zip(HEADER.strip().split(","), ROW.strip("\n").split(","), strict=True))
    sha256 = sha256_hex(canonical(row))
    hops = {each.path["nodes"][-1]["name"]: each.path["hops"][-1] for each in found.paths}
    assert set(hops) == {"Our Consents", "azure:audit", "Credential Access"}
    for name in ("Our Consents", "azure:audit"):
        assert (hops[name]["via"], hops[name]["record"]) == ("log-source-alias", sha256)
        assert hops[name]["origin"] == {"file": "ours.csv", "place": "line 3"}
    document = write_statement(proof(graph, found))
    assert str(files).encode() not in document
    second_verifier.verify(document)
    assert verify(document, Anchors((str(files / "rules"),))).verdict == CONSISTENT
    sources = {each["name"]: each for each in json.loads(document)["predicate"]["sources"]}
    assert sources["ours.csv"]["annotations"]["kind"] == "aliases"
    assert sources["ours.csv"]["digest"]["sha256"] == sha256_hex((files / "ours.csv").read_bytes())


def test_the_users_file_anchors_it(graph: Graph, files: Path) -> None:
    document = write_statement(proof(graph, load(graph, files, "ours.csv")))
    release = next(
        each["annotations"]["content_root"]
        for each in json.loads(document)["predicate"]["sources"]
        if each["annotations"]["kind"] == "attack"
    )
    of_rules = str(files / "rules")
    report = verify(document, Anchors((of_rules, str(files / "ours.csv")), (release,), needed=True))
    assert report.verdict == ANCHORED
    (files / "ours.csv").write_text(f"{HEADER}{ROW}")
    report = verify(document, Anchors((of_rules, str(files / "ours.csv")), (release,)))
    assert report.verdict == REFUSED
    assert "another content root" in report.checks[-1].what


def test_a_row_that_repeats_one_of_ours_is_of_both_tables(graph: Graph, files: Path) -> None:
    ours = next(row for row in packed(SIGMA_TABLE) if row.cells["service"] == "auditlogs")
    header = ",".join(ours.cells)
    cells = ",".join(f'"{text}"' for text in ours.cells.values())
    (files / "copy.csv").write_text(f"{header}\n{cells}\n")
    (files / "rules" / "rule.yml").write_text(RULE.replace("ours", "azure").replace("consent}", "auditlogs}"))
    found = load(graph, files, "copy.csv")
    document = write_statement(proof(graph, found))
    second_verifier.verify(document)
    assert verify(document).verdict == CONSISTENT
    (row,) = [each for each in json.loads(document)["predicate"]["records"] if "auditlogs" in each["text"]
              and each["media"] == "application/json"]  # fmt: skip
    assert len(row["inclusion"]) == 2
