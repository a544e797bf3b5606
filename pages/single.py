"""One page as one file: the view of its kind, asked of a graph."""

from collections.abc import Callable, Iterator, Mapping

from pages.answer_file import named_answers, page_answer
from pages.answers import AnswerSource, Live
from pages.links import Alone, Links
from pages.page import Page, PageSubject
from pages.render import single
from pages.views.analytic import analytic_page, strategy_page
from pages.views.component import component_page, data_source_page
from pages.views.environment import environment_page
from pages.views.evidence_set import set_page
from pages.views.log_source import log_source_page
from pages.views.rule import rule_page
from pages.views.target import target_page
from pages.views.technique import technique_page
from pages.views.user import user_page
from pages.well_formed import check
from queries.ask import Asked, ask
from queries.params import Nothing, OfLogSource, OfObject
from queries.questions.evidence.questions import RULES_OF_LOG_SOURCE
from queries.questions.lookup.questions import EVIDENCE, OBJECT, OfEvidence
from queries.questions.related.others import LOG_SOURCE_SHOWS
from queries.questions.releases.questions import ENVIRONMENTS, LOADED, SETS
from queries.questions.releases.roots import ROOTS

View = Callable[[AnswerSource, PageSubject, Links], Page]

VIEWS: Mapping[str, View] = {
    "Technique": technique_page,
    "Analytic": analytic_page,
    "DetectionStrategy": strategy_page,
    "DataComponent": component_page,
    "DataSource": data_source_page,
    "Tactic": target_page,
    "Mitigation": target_page,
    "Asset": target_page,
    "Group": user_page,
    "Campaign": user_page,
    "Software": user_page,
    "Rule": rule_page,
    "EvidenceSet": set_page,
    "LogSource": log_source_page,
    "Environment": environment_page,
}
"""Label of the subject -> what makes its page."""


def page_file(graph: Asked, subject: PageSubject) -> str:
    """Return the page of a subject as one self-contained HTML file.

    Raises:
        NotFoundError: what it is about is not loaded.
    """
    loaded = ask(graph, ROOTS, Nothing())
    source = Live(graph, days(graph))
    page = VIEWS[subject.kind](source, subject, Alone())
    made_of = named_answers(source.answers, loaded)
    html = single(page, page_answer(subject, made_of, loaded, days(graph)), made_of)
    check(html, subject.identifier)
    return html


def days(graph: Asked) -> dict[str, str]:
    """Return the key of each release, set and environment -> the day on which it was loaded."""
    rows = [
        *((each.release, each.loaded_at) for each in ask(graph, LOADED, Nothing())),
        *((each.set, each.loaded_at) for each in ask(graph, SETS, Nothing())),
        *((each.environment, each.loaded_at) for each in ask(graph, ENVIRONMENTS, Nothing())),
    ]
    return {key: loaded_at[:10] for key, loaded_at in sorted(rows)}


def subject_of(
    graph: Asked,
    release: str,
    identifier: str,
    environment: str | None = None,
    of_set: str | None = None,
) -> PageSubject | None:
    """Return what `identifier` names: an official object, a set, a piece of evidence, an environment, a log source.

    None where nothing that is loaded bears it, or it is an object without a page.
    """
    found = ask(graph, OBJECT, OfObject(release, identifier))
    kinds = [found[0].type] if found else list(_named(graph, release, identifier))
    return next(
        (PageSubject(kind, release, identifier, environment, of_set) for kind in kinds if kind in VIEWS), None
    )


def _named(graph: Asked, release: str, name: str) -> Iterator[str]:
    if any(each.set == name for each in ask(graph, SETS, Nothing())):
        yield "EvidenceSet"
    if ask(graph, EVIDENCE, OfEvidence(name)):
        yield "Rule"
    if any(each.environment == name for each in ask(graph, ENVIRONMENTS, Nothing())):
        yield "Environment"
    asked = OfLogSource(release, name)
    if any((ask(graph, LOG_SOURCE_SHOWS, asked), ask(graph, RULES_OF_LOG_SOURCE, asked))):
        yield "LogSource"
