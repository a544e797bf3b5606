"""Which domains published an id."""

import pytest

from loaders.formats.attack.bundle import read_bundle
from loaders.formats.attack.rows import release_rows
from loaders.reading.sources import read_file
from loaders.tables.attack_ids import domains_of
from tests.real_data import RealFile


@pytest.mark.parametrize(
    ("attack_id", "domains"),
    [
        ("T1660", ("mobile-attack",)),
        ("T1528", ("enterprise-attack",)),
        ("TA0109", ("ics-attack",)),
        ("G0007", ("enterprise-attack", "mobile-attack")),
        ("T9999", ()),
    ],
)
def test_the_id_alone_does_not_tell_the_domain(attack_id: str, domains: tuple[str, ...]) -> None:
    assert domains_of(attack_id) == domains


@pytest.mark.parametrize(("name", "links"), [("enterprise-attack-18.1", 9), ("ics-attack-18.1", 26)])
def test_every_link_that_leaves_a_real_release_leads_to_another_domain(
    data: RealFile, name: str, links: int
) -> None:
    rows = release_rows(read_bundle(read_file(str(data / f"attack/{name}.json.gz"))), "18.1")
    codes = [each.code for each in rows.problems if "links" in each.message]
    assert codes == ["other-domain"] * links
