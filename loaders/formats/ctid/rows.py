"""CTID's mappings as rows: capabilities, who offers them, and the products they are."""

from collections.abc import Iterator, Sequence
from typing import cast

from graph.holding.kind import Whole
from graph.holding.rows import Batch, Nodes, Properties, Relationships
from loaders.evidence.model import Evidence, EvidenceSet
from loaders.evidence.rows import set_rows
from loaders.formats.ctid.capability import Capability, provider_name
from loaders.shared_nodes import product_batches
from loaders.tables.products import Product, products_of, products_sha256


def ctid_rows(evidence: EvidenceSet) -> Whole:
    """Return the rows of a mapping set."""
    capabilities = [cast("Capability", item) for item in evidence.items]
    more = (*_providers(evidence, capabilities), *product_batches(_products(evidence, capabilities)))
    return set_rows(evidence, "Capability", _describe, more, tables_sha256=products_sha256())


def _describe(item: Evidence) -> Properties:
    capability = cast("Capability", item)
    return {
        "group": capability.group,
        "provider": capability.framework,
        "framework": capability.framework,
        "tags": list(capability.tags) or None,
    }


def _providers(evidence: EvidenceSet, capabilities: Sequence[Capability]) -> Iterator[Batch]:
    keys = sorted({capability.framework for capability in capabilities})
    yield Nodes("Provider", [{"key": key, "name": provider_name(key)} for key in keys], shared=True)
    yield Relationships(
        "OFFERED_BY",
        "Capability",
        "Provider",
        [(evidence.evidence_key(each), each.framework, {}) for each in capabilities],
    )


def _products(evidence: EvidenceSet, capabilities: Sequence[Capability]) -> list[tuple[str, Product]]:
    return [
        (evidence.evidence_key(each), product)
        for each in capabilities
        for product in products_of(each.framework, each.title)
    ]
