"""On the newest real release, with rules and mappings: each piece of evidence of a technique has a path."""

from graph.server.connection import Graph
from loaders.reading.sources import read_file
from proofs.document import proof
from proofs.paths import resolved
from proofs.report import CONSISTENT
from proofs.sketches import Wish, sketched
from proofs.statement import write_statement
from proofs.verify import verify
from queries.ask import ask
from queries.questions.coverage.technique import EVIDENCE, TechniqueEvidence
from tests import second_verifier
from tests.loads import load_attack, load_ctid, load_sigma
from tests.real_data import RealFile

RELEASE = "enterprise-attack@19.1"


def test_every_piece_of_evidence_of_19_1_has_a_path(graph: Graph, data: RealFile) -> None:
    load_attack(graph, read_file(str(data / "attack" / "enterprise-attack-19.1.json.gz")), release="19.1")
    load_sigma(graph, str(data / "sigma" / "sigma-rules-r2026-04-01.zip"))
    load_ctid(graph, [str(data / "ctid" / "azure-04.26.2025_attack-16.1-enterprise.json")])
    found = resolved(graph, sketched(graph, Wish(RELEASE, "T1528")))
    rows = ask(graph, EVIDENCE, TechniqueEvidence(RELEASE, "T1528"))
    claiming = {
        each.path["nodes"][1]["id"]
        for each in found.paths
        if [hop["relationship"] for hop in each.path["hops"][1:2]] == ["CLAIMS"]
    }
    assert len(rows) > 10
    assert {row.id for row in rows} == claiming
    assert found.lost == ()
    document = write_statement(proof(graph, found))
    assert verify(document).verdict == CONSISTENT
    second_verifier.verify(document)
