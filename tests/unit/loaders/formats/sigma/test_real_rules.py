"""The rules of SigmaHQ's release r2026-04-01."""

from collections import Counter

import pytest

from graph.holding.rows import Relationships
from loaders.formats.sigma.collection import SigmaSet, read_sigma
from loaders.formats.sigma.rows import sigma_rows
from loaders.tables.aliases import Aliases
from loaders.tables.sigma_sources import packed_table
from tests.real_data import real_data

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def read() -> SigmaSet:
    return read_sigma(str(real_data() / "sigma" / "sigma-rules-r2026-04-01.zip"))


def test_every_rule_is_taken_without_a_note(read: SigmaSet) -> None:
    assert read.evidence.key == "sigmahq@r2026-04-01"
    assert (read.evidence.pieces, len(read.rules), read.evidence.problems) == (3748, 3748, ())
    assert len({record.sha256 for record in read.evidence.records}) == 3748


def test_every_claim_is_taken(read: SigmaSet) -> None:
    assert sum(len(rule.claims) for rule in read.rules) == 4451


def test_fourteen_rules_claim_t1528(read: SigmaSet) -> None:
    claiming = [rule for rule in read.rules if any(claim.attack_id == "T1528" for claim in rule.claims)]
    places = Counter(
        f"{source.product}/{source.service}" if source.product == "azure" else source.product
        for rule in claiming
        for source in rule.log_sources
    )
    assert places == {"azure/auditlogs": 5, "azure/riskdetection": 3, "windows": 6}
    assert {rule.status for rule in claiming} == {"test"}


def test_the_tables_know_every_log_source(read: SigmaSet) -> None:
    sources = {source for rule in read.rules for source in rule.log_sources}
    assert sources == set(packed_table())
    assert len(sources) == 138


def test_how_much_the_tables_place(read: SigmaSet) -> None:
    """The shares that docs/formats.md states."""
    table = packed_table()
    known = [table[rule.log_sources[0]] for rule in read.rules]
    shares = [
        round(100 * sum(map(bool, cells)) / len(known), 1)
        for cells in zip(
            *((each.platforms, each.log_sources, each.components) for each in known), strict=True
        )
    ]
    assert shares == [94.4, 96.3, 99.9]


def test_how_many_rules_on_windows_logs_are_refined_by_their_events(read: SigmaSet) -> None:
    rows = sigma_rows(read, Aliases())
    (looks_for,) = (
        batch for batch in rows.batches if isinstance(batch, Relationships) and batch.type == "LOOKS_FOR"
    )
    refined = {start for start, _, properties in looks_for.rows if properties["scope"] == "event"}
    assert len(refined) == 161
