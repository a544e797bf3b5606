"""CTID's published files."""

from collections import Counter

import pytest

from loaders.evidence.model import Category, Claim, EvidenceSet
from loaders.formats.ctid.capability import Capability
from loaders.formats.ctid.collection import CtidReading, read_ctid
from loaders.reading.problems import Severity
from loaders.tables.products import products_of
from tests.real_data import real_data

pytestmark = pytest.mark.data

NEWEST = ("ctid-aws@12.12.2024", "ctid-azure@04.26.2025", "ctid-gcp@03.06.2025", "ctid-m365@07.18.2025")
PROVIDER_FILES = (*NEWEST, "ctid-aws@09.21.2021", "ctid-m365@12.11.2023")
NIST = "ctid-nist_800_53@rev5-attack-16.1"


@pytest.fixture(scope="module")
def read() -> CtidReading:
    return read_ctid([str(real_data() / "ctid")])


@pytest.fixture(scope="module")
def sets(read: CtidReading) -> dict[str, EvidenceSet]:
    return {each.key: each for each in read.sets}


def claims(found: EvidenceSet) -> list[Claim]:
    return [claim for item in found.items for claim in item.claims]


def test_every_file_is_a_mapping(read: CtidReading) -> None:
    assert read.problems == ()
    assert {each.key for each in read.sets} == {
        *PROVIDER_FILES,
        NIST,
        "ctid-stack-aws@9.0",
        "ctid-stack-azure@8.2",
        "ctid-stack-gcp@10.0",
    }


def test_every_piece_is_stored_or_reported(read: CtidReading) -> None:
    for each in read.sets:
        skipped = sum(problem.severity is not Severity.NOTE for problem in each.problems)
        assert each.pieces == (each.stored or 0) + skipped


@pytest.mark.parametrize(
    ("key", "rows", "capabilities", "by_category"),
    [
        ("ctid-aws@12.12.2024", 497, 30, (302, 153, 32)),
        ("ctid-azure@04.26.2025", 972, 38, (322, 639, 11)),
        ("ctid-gcp@03.06.2025", 536, 58, (278, 232, 8)),
        ("ctid-m365@07.18.2025", 806, 38, (278, 413, 115)),
    ],
)
def test_rows_by_category(
    sets: dict[str, EvidenceSet], key: str, rows: int, capabilities: int, by_category: tuple[int, int, int]
) -> None:
    found = sets[key]
    counted = Counter[Category | None]()
    for claim in claims(found):
        counted[claim.category] += claim.count
    assert (found.pieces, len(found.items)) == (rows, capabilities)
    assert (
        tuple(counted[each] for each in (Category.PROTECT, Category.DETECT, Category.RESPOND)) == by_category
    )
    assert counted.total() == sum(by_category)


@pytest.mark.parametrize(
    ("keys", "rows", "detecting"), [(NEWEST, 18, 5), (PROVIDER_FILES, 25, 7), ((NIST,), 20, 0)]
)
def test_rows_on_t1528(
    sets: dict[str, EvidenceSet], keys: tuple[str, ...], rows: int, detecting: int
) -> None:
    found = [claim for key in keys for claim in claims(sets[key]) if claim.attack_id == "T1528"]
    assert sum(claim.count for claim in found) == rows
    assert sum(claim.count for claim in found if claim.category is Category.DETECT) == detecting


def test_traps_of_the_real_files_are_reported(sets: dict[str, EvidenceSet]) -> None:
    reported = {key: Counter(problem.code for problem in found.problems) for key, found in sets.items()}
    assert reported[NIST] == {"no-capability": 96, "repeated-row": 50, "other-attack-version": 1}
    assert reported["ctid-m365@12.11.2023"]["unknown-score-value"] == 2
    assert reported["ctid-m365@12.11.2023"]["repeated-row"] == 5
    assert reported["ctid-m365@07.18.2025"]["repeated-row"] == 32
    assert reported["ctid-aws@12.12.2024"] == {}


def test_score_objects_of_the_security_stack(sets: dict[str, EvidenceSet]) -> None:
    origins = {
        key: {(claim.origin.file, claim.origin.pointer) for claim in claims(sets[key])}
        for key in ("ctid-stack-aws@9.0", "ctid-stack-azure@8.2", "ctid-stack-gcp@10.0")
    }
    assert [len(each) for each in origins.values()] == [348, 802, 432]
    empty = {key: sum(not item.claims for item in sets[key].items) for key in origins}
    assert list(empty.values()) == [8, 0, 10]


def test_the_product_table_knows_every_capability_of_a_provider(sets: dict[str, EvidenceSet]) -> None:
    for key, found in sets.items():
        for item in found.items if key != NIST else ():
            assert isinstance(item, Capability)
            assert products_of(item.framework, item.title), (key, item.title)


def test_claims_on_t1528_of_the_seed_pages_products(sets: dict[str, EvidenceSet]) -> None:
    """No public mapping has T1528 as detected by any of the products that the page names."""
    named = {"azure-policy", "microsoft-defender-for-cloud", "amazon-macie", "google-security-operations"}
    found = [
        item
        for each in sets.values()
        for item in each.items
        if isinstance(item, Capability)
        and named & {product.key for product in products_of(item.framework, item.title)}
    ]
    seen = {product.key for item in found for product in products_of(item.framework, item.title)}
    assert named <= seen
    detecting = [
        (item.title, claim.attack_id)
        for item in found
        for claim in item.claims
        if claim.attack_id == "T1528" and claim.category is Category.DETECT
    ]
    assert detecting == []
