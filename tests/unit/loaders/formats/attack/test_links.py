"""Links to attack.mitre.org in descriptions."""

from graph.holding.rows import Nodes
from loaders.formats.attack.bundle import read_bundle
from loaders.formats.attack.links import mentioned
from loaders.formats.attack.rows import release_rows
from tests.bundles import as_source, bundle, thing


def test_every_form_of_link() -> None:
    text = (
        "[Cloud](https://attack.mitre.org/techniques/T1078/004) and https://attack.mitre.org/groups/G0016, "
        "(https://attack.mitre.org/versions/v17/software/S0677/) "
        "https://attack.mitre.org/detectionstrategies/DET0174#AN0496 "
        "https://attack.mitre.org/detectionstrategies/DET0174 "
        "https://example.com/techniques/T1234 https://attack.mitre.org/resources/updates/"
    )
    assert list(mentioned(text)) == [
        ("Technique", "T1078.004"),
        ("Group", "G0016"),
        ("Software", "S0677"),
        ("Analytic", "AN0496"),
        ("DetectionStrategy", "DET0174"),
    ]


def test_links_that_leave_the_bundle_are_told_by_the_domain_that_they_lead_to() -> None:
    """T1660 is a mobile technique, TA0109 a tactic of ICS; no domain has published T9999."""
    page = "https://attack.mitre.org"
    text = f"{page}/techniques/T1660 {page}/tactics/TA0109 {page}/techniques/T9999 {page}/techniques/T1528"
    linking = thing("attack-pattern", "Phishing", "T1566", description=text)
    linked = thing("attack-pattern", "Steal Application Access Token", "T1528")

    rows = release_rows(read_bundle(as_source(bundle(linking, linked))), "1.0")
    told = {each.message.partition(": ")[2]: each.code for each in rows.problems if "links" in each.message}
    assert told == {
        "links T1660, which is of mobile-attack": "other-domain",
        "links TA0109, which is of ics-attack": "other-domain",
        "links T9999, which is not in the bundle": "dangling-link",
    }
    nodes = [row for batch in rows.batches if isinstance(batch, Nodes) for row in batch.rows]
    kept = {row["attack_id"]: row.get("links_elsewhere") for row in nodes if row.get("attack_id")}
    assert kept["T1566"] == ["Technique/T1660", "Tactic/TA0109", "Technique/T9999"]
    assert kept["T1528"] is None


def test_an_id_that_only_the_domain_of_the_bundle_published_is_no_link_to_another() -> None:
    linking = thing(
        "attack-pattern", "Phishing", "T1566", description="https://attack.mitre.org/techniques/T1528"
    )
    rows = release_rows(read_bundle(as_source(bundle(linking))), "1.0")
    assert [each.code for each in rows.problems if "links" in each.message] == ["dangling-link"]
