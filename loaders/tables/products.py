"""Which names mean the same product: vendors rename, publishers shorten, and both misspell.

The packed table, made by hand from CTID's mappings of four years, has a row for each (provider, name,
product). A name may lead to two products: a plan of Microsoft Defender for Cloud is a product of its own and
a part of the suite that others report on as one.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from graph.record import sha256_hex
from loaders.tables.log_sources import fold
from loaders.tables.rows import packed

PRODUCT_TABLE = "products.csv"


@dataclass(frozen=True, slots=True, order=True)
class Product:
    """A product: `key` is stable, `name` is what its vendor calls it at present."""

    key: str
    name: str


def products_of(provider: str, name: str) -> tuple[Product, ...]:
    """Return the products that `name` means, sorted; empty when the table does not know it.

    `provider` is aws, azure, gcp or m365. For any other (`multi`, `identity`, ...) a name counts when all
    providers that know it mean the same.
    """
    if provider in _providers():
        return _by_name()[provider].get(fold(name), ())
    meanings = {names[fold(name)] for names in _by_name().values() if fold(name) in names}
    return meanings.pop() if len(meanings) == 1 else ()


def products_sha256() -> str:
    """Return the SHA-256 over the rows of the product table."""
    rows = sorted(",".join(row.cells.values()) for row in packed(PRODUCT_TABLE))
    return sha256_hex("\n".join(rows).encode())


def _providers() -> frozenset[str]:
    return frozenset(_by_name())


@cache
def _by_name() -> Mapping[str, Mapping[str, tuple[Product, ...]]]:
    found: dict[str, dict[str, set[Product]]] = defaultdict(lambda: defaultdict(set))
    for row in packed(PRODUCT_TABLE):
        cells = row.cells
        found[cells["provider"]][fold(cells["name"])].add(Product(cells["product"], cells["product_name"]))
    return {
        provider: {name: tuple(sorted(products)) for name, products in names.items()}
        for provider, names in found.items()
    }
