"""What a release and a set of evidence own alike, as rows: their records and their problems."""

from collections.abc import Iterator, Mapping, Sequence

from graph.holding.rows import Batch, Nodes, Owner, Properties
from loaders.reading.problems import Problem


def record_batches(
    owner: str, key: str, texts: Mapping[str, str], media: Mapping[str, str] | str
) -> Iterator[Batch]:
    """Yield the rows of an owner's distinct records.

    Args:
        owner: Release or EvidenceSet.
        key: of the owner.
        texts: SHA-256 -> the record as text.
        media: SHA-256 -> its media type, or the one of them all.
    """
    rows: list[Properties] = [
        {"sha256": sha256, "media": media if isinstance(media, str) else media[sha256], "text": text}
        for sha256, text in texts.items()
    ]
    yield Nodes("Raw", rows, shared=True, owner=Owner("HAS_RECORD", owner, key))


def problem_batches(owner: str, key: str, problems: Sequence[Problem]) -> Iterator[Batch]:
    """Yield the rows of an owner's problems.

    Args:
        owner: Release or EvidenceSet.
        key: of the owner.
        problems: in the order found.
    """
    rows: list[Properties] = [
        {
            "key": f"{key}/problem/{index}",
            "path": each.path,
            "pointer": each.pointer,
            "code": each.code,
            "message": each.message,
            "severity": each.severity.value,
            "sha256": each.sha256,
        }
        for index, each in enumerate(problems)
    ]
    yield Nodes("Problem", rows, owner=Owner("HAS_PROBLEM", owner, key))
