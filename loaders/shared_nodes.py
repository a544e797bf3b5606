"""Nodes that several owners share, as rows: records, problems, identifiers, log sources, products."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.holding.rows import Batch, Nodes, Owner, Properties, Relationships
from loaders.reading.problems import Problem
from loaders.reading.relative import inside
from loaders.tables.log_sources import LogSourceNames, fold, packed_names
from loaders.tables.products import Product


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


def problem_batches(owner: str, key: str, source: str, problems: Sequence[Problem]) -> Iterator[Batch]:
    """Yield the rows of an owner's problems.

    Args:
        owner: Release or EvidenceSet.
        key: of the owner.
        source: that it was read from, as the user named it.
        problems: in the order found.
    """
    rows: list[Properties] = [
        {
            "key": f"{key}/problem/{index}",
            "path": inside(source, each.path),
            "pointer": each.pointer,
            "code": each.code,
            "message": each.message,
            "severity": each.severity.value,
            "sha256": each.sha256,
        }
        for index, each in enumerate(problems)
    ]
    yield Nodes("Problem", rows, owner=Owner("HAS_PROBLEM", owner, key))


def identifiers(attack_ids: Iterable[str]) -> Nodes:
    """Return the nodes of identifiers, each once."""
    return Nodes("AttackId", [{"id": attack_id} for attack_id in dict.fromkeys(attack_ids)], shared=True)


def log_source_node(name: str, names: LogSourceNames | None = None) -> Properties:
    """Return the node of a log source that is called `name` somewhere; left out, `names` are those of our table."""
    known = names or packed_names()
    return {"key": fold(name), "name": name, "canonical": known.canonical(name), "listed": known.knows(name)}


def product_batches(products: Sequence[tuple[str, Product]], label: str = "Capability") -> Iterator[Batch]:
    """Yield the products and their relationships with what has them, each given as (key, product)."""
    distinct = dict.fromkeys(product for _, product in products)
    yield Nodes("Product", [{"key": each.key, "name": each.name} for each in distinct], shared=True)
    rows: list[tuple[str, str, Properties]] = [(key, product.key, {}) for key, product in products]
    yield Relationships("SAME_PRODUCT", label, "Product", rows)
