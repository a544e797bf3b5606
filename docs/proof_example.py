"""The worked example of docs/proof.md, and the proofs that the tests change in every way.

`python -m docs.proof_example` writes them, from an empty database that `NEO4J_URI` names.
"""

from dataclasses import replace
from pathlib import Path

from docs.query_answers import EXAMPLE, ROOT, load_example
from graph.errors import UsageError
from graph.server.connection import Graph, connect
from graph.server.settings import find_target
from loaders.formats import Naming, Source
from loaders.loading import load_source
from proofs.document import proof
from proofs.paths import resolved
from proofs.sketches import Wish, sketched
from proofs.statement import Statement, write_statement

RELEASE = "enterprise-attack@18.1-sample"
RULE = "6f0c2a34-51de-4a55-8d27-1f6e0c8b6a01"
NARROW = EXAMPLE / "proof.json"
_TESTS = ROOT / "tests" / "unit" / "proofs"
WIDE = _TESTS / "wide-proof.json"
PUBLISHERS = _TESTS / "publishers-proof.json"
FILES: dict[Path, str] = {NARROW: RULE, WIDE: "T1528"}
"""Each file -> what is traced for it, in the example alone."""
RULES_OF_PUBLISHERS = _TESTS / "rules"


def example_proof(graph: Graph, start: str) -> Statement:
    """Return the proof of a trace in the bundled sample and docs/example, as of a day and commit that do not change."""
    trace = resolved(graph, sketched(graph, Wish(RELEASE, start)))
    sources = {key: replace(source, git_commit=None) for key, source in trace.sources.items()}
    statement = proof(graph, replace(trace, sources=sources))
    statement["predicate"]["created"] = "2026-06-01T00:00:00Z"
    return statement


def write_examples(graph: Graph) -> None:
    """Write the files from a graph that has the example; it has rules of other publishers, too, afterwards."""
    for file, start in FILES.items():
        file.write_bytes(write_statement(example_proof(graph, start)))
    load_publishers(graph)
    PUBLISHERS.write_bytes(write_statement(example_proof(graph, "T1212")))


def load_publishers(graph: Graph) -> None:
    """Load rules in the formats of Elastic, Splunk and Sentinel that claim T1212."""
    for word in ("elastic", "splunk", "sentinel"):
        load_source(graph, word, Source((str(RULES_OF_PUBLISHERS / word),)), Naming(f"own-{word}", "1"))


def main() -> None:
    """Write the files from an empty database."""
    with connect(find_target()) as graph:
        if graph.read("MATCH (n) RETURN count(n) AS nodes")[0]["nodes"]:
            raise UsageError("the database is not empty", todo="set NEO4J_URI to one that is")
        load_example(graph)
        write_examples(graph)


if __name__ == "__main__":
    main()
