"""Findings of native-detections/1 as one document states them: what tells one from another, and what it claims."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from loaders.references import Body, Finding, Reference, Rule


def local_id(finding: str | None, technique_ids: Iterable[str]) -> str:
    """Return what tells a row from the others of its source: its finding, else its techniques."""
    return finding if finding is not None else f"unlisted:{'+'.join(sorted(technique_ids))}"


def _finding_claims_technique(body: Body) -> Iterator[Finding]:
    """Yield what each row of a checked document claims; the loader reads the same rows through its model."""
    for number, row in enumerate(body["detections"]):
        ids = [entry["id"] for entry in row["techniques"]]
        start = f"{row['source']}/{local_id(row.get('finding'), ids)}"
        for n, attack_id in enumerate(ids):
            pointer = f"/detections/{number}/techniques/{n}"
            yield Reference(start, attack_id, pointer, "CLAIMS", "finding-claims-technique", {})


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "finding-claims-technique": Rule(
            "finding-claims-technique",
            "CLAIMS",
            ("Detection",),
            ("AttackId",),
            "The row lists the technique under the finding, or under a number of unlisted findings of its source.",
            _finding_claims_technique,
        )
    }
)
"""Every rule that reads a file of native-detections/1, by its name."""
