"""CTID's mappings as rows: capabilities, who offers them, and the products they are."""

from collections.abc import Iterator, Sequence
from typing import cast

from graph.holding.rows import Batch, Nodes, Properties, Relationships
from loaders.evidence.model import Evidence, EvidenceSet
from loaders.evidence.rows import SetRows, set_rows
from loaders.formats.ctid.capability import Capability, provider_name
from loaders.tables.products import Product, products_of, products_sha256


def ctid_rows(evidence: EvidenceSet) -> SetRows:
    """Return the rows of a mapping set."""
    capabilities = [cast("Capability", item) for item in evidence.items]
    more = (*_providers(evidence, capabilities), *product_batches(_products(evidence, capabilities)))
    return set_rows(evidence, "Capability", _describe, more, tables_sha256=products_sha256())


def product_batches(products: Sequence[tuple[str, Product]], label: str = "Capability") -> Iterator[Batch]:
    """Yield the products and their relationships with what has them, each given as (key, product)."""
    distinct = dict.fromkeys(product for _, product in products)
    yield Nodes("Product", [{"key": each.key, "name": each.name} for each in distinct], shared=True)
    rows: list[tuple[str, str, Properties]] = [(key, product.key, {}) for key, product in products]
    yield Relationships("SAME_PRODUCT", label, "Product", rows)


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
