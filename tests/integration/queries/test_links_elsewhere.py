"""What a description links in another domain: told by `show` once a release of that domain is loaded."""

import pytest

from graph.holding.publish import remove
from graph.holding.releases import RELEASE
from graph.server.connection import Graph
from queries.answers.show.object import shown_official
from queries.ask import ask
from queries.params import OfRelease
from queries.questions.lookup.questions import RELATIONSHIP_COUNTS
from tests.bundles import thing
from tests.integration.queries.small_sets import load_release, technique

MOBILE = "mobile-attack"
LINKS = "https://attack.mitre.org/techniques/T1660 and https://attack.mitre.org/techniques/T9999"


@pytest.fixture
def enterprise(graph: Graph) -> str:
    """A release with a technique whose description links a mobile one, and one that nobody published."""
    return load_release(graph, "18.1", technique("T1566", "Windows", description=LINKS))


def elsewhere(graph: Graph, release: str) -> dict[str, tuple[str | None, str | None]]:
    """(name, release) of what T1566 links outside its release, by the id."""
    shown = shown_official(graph, release, "T1566")
    return {each.attack_id: (each.name, each.release) for each in shown.mentioned_elsewhere}


def load_mobile(graph: Graph, version: str, name: str) -> str:
    return load_release(graph, version, technique("T1660", "Android") | {"name": name}, domain=MOBILE)


def test_a_link_is_resolved_as_long_as_the_other_domain_is_loaded(graph: Graph, enterprise: str) -> None:
    nowhere = (None, None)
    assert elsewhere(graph, enterprise) == {"T1660": nowhere, "T9999": nowhere}
    mobile = load_mobile(graph, "18.1", "Phishing")
    assert elsewhere(graph, enterprise) == {"T1660": ("Phishing", mobile), "T9999": nowhere}
    remove(graph, RELEASE, mobile)
    assert elsewhere(graph, enterprise) == {"T1660": nowhere, "T9999": nowhere}


def test_the_release_of_the_same_number_answers_else_the_newest(graph: Graph, enterprise: str) -> None:
    load_mobile(graph, "9.0", "old")
    newest = load_mobile(graph, "19.1", "new")
    assert elsewhere(graph, enterprise)["T1660"] == ("new", newest)
    together = load_mobile(graph, "18.1", "published together")
    assert elsewhere(graph, enterprise)["T1660"] == ("published together", together)


def test_another_type_or_the_own_domain_is_not_what_a_link_means(graph: Graph, enterprise: str) -> None:
    """Releases up to 7 have mitigations with the ids of techniques; T9999 exists in an older enterprise only."""
    load_release(graph, "18.1", thing("course-of-action", "old style", "T1660"), domain=MOBILE)
    load_release(graph, "17.1", technique("T9999", "Windows"))
    assert elsewhere(graph, enterprise) == {"T1660": (None, None), "T9999": (None, None)}


def test_the_other_domain_adds_no_relationship_to_the_release(graph: Graph, enterprise: str) -> None:
    before = ask(graph, RELATIONSHIP_COUNTS, OfRelease(enterprise))
    load_mobile(graph, "18.1", "Phishing")
    assert ask(graph, RELATIONSHIP_COUNTS, OfRelease(enterprise)) == before
