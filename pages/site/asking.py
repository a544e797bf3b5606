"""What the pages of a kind ask, asked for many pages at once.

A view asks for what it needs, and is answered from memory. What is not fetched here is asked one by one: slower, and
never another answer.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pages.answers import Live
from pages.page import PageSubject
from pages.views.evidence import key_of_example
from queries.ahead import Ahead
from queries.answers.telemetry import Telemetry
from queries.ask import ask
from queries.params import OfIdentifier, OfLogSource, OfObject
from queries.questions.coverage import technique as t
from queries.questions.coverage.environment import WHY, OneTechniqueHere
from queries.questions.coverage.totals import BY_TECHNIQUE, TechniquesEvidence
from queries.questions.evidence.questions import (
    PRODUCTS,
    RELATED_RULES,
    RULES_OF_LOG_SOURCE,
    OfRule,
    OneOrAll,
)
from queries.questions.lookup import questions as q
from queries.questions.related.methods import METHODS
from queries.questions.related.others import LOG_SOURCE_SHOWS
from queries.questions.releases.questions import HISTORY

TELEMETRY = "telemetry"


@dataclass(frozen=True, slots=True)
class Subject:
    """A page's subject with the identifiers that its questions take: of an official object, both of its."""

    page: PageSubject
    attack_id: str
    stix_id: str


Fetch: TypeAlias = "Callable[[Ahead, Sequence[Subject], Telemetry], None]"


def fetch(ahead: Ahead, kind: str, subjects: Sequence[Subject], telemetry: Telemetry) -> None:
    """Ask what the pages of these subjects, all of one kind, will ask."""
    own = _OF_KIND.get(kind)
    if kind in _NOT_OFFICIAL:
        _NOT_OFFICIAL[kind](ahead, subjects, telemetry)
        return
    _official(ahead, subjects)
    if own:
        own(ahead, subjects, telemetry)


def _official(ahead: Ahead, subjects: Iterable[Subject]) -> None:
    for each in (q.RAW, q.NEIGHBORS):
        ahead.fetch(each, [OfObject(one.page.release, one.stix_id) for one in subjects])
    ahead.fetch(q.OBJECT, [OfObject(one.page.release, one.page.identifier) for one in subjects])
    ahead.fetch(HISTORY, [OfIdentifier(one.stix_id) for one in subjects])
    ahead.fetch(q.ANNOTATIONS, [OfIdentifier(one.attack_id) for one in subjects])


def _objects(subjects: Iterable[Subject]) -> list[OfObject]:
    return [OfObject(one.page.release, one.attack_id) for one in subjects]


def _evidence(one: Subject) -> t.TechniqueEvidence:
    return t.TechniqueEvidence(one.page.release, one.attack_id, set=one.page.of_set)


def _techniques(ahead: Ahead, subjects: Sequence[Subject], telemetry: Telemetry) -> None:
    asked = [_evidence(one) for one in subjects]
    for question in (t.TECHNIQUE, t.EVIDENCE):
        ahead.fetch(question, asked)
    ahead.fetch(t.TECHNIQUE_BY_SOURCE, asked)
    ahead.fetch(t.TECHNIQUE_BY_LOG_SOURCE, asked)
    ahead.fetch(q.DETECTION_CHAIN, _objects(subjects))
    _examples(ahead, subjects)
    _families(ahead, subjects)
    _products(ahead, subjects)
    _related(ahead, subjects, telemetry)
    _why(ahead, subjects)


def _examples(ahead: Ahead, subjects: Iterable[Subject]) -> None:
    keys = set()
    for one in subjects:
        of = _evidence(one)
        rows, logs = ask(ahead, t.EVIDENCE, of), ask(ahead, t.TECHNIQUE_BY_LOG_SOURCE, of)
        key = key_of_example(Live(ahead, {}), one.page, rows, logs)
        if key:
            keys.add(key)
    for question in (q.RAW_EVIDENCE, q.EVIDENCE):
        ahead.fetch(question, sorted(keys, key=lambda key: key.id))


def _families(ahead: Ahead, subjects: Sequence[Subject]) -> None:
    """Tell each parent about itself and its sub-techniques, which the question about all has by their ids."""
    release, of_set = subjects[0].page.release, subjects[0].page.of_set
    rows = ask(ahead, BY_TECHNIQUE, TechniquesEvidence(release, set=of_set))
    for one in subjects:
        own = one.attack_id
        family = [row for row in rows if row.technique_id == own or row.technique_id.startswith(f"{own}.")]
        ahead.give(BY_TECHNIQUE, TechniquesEvidence(release, own, set=of_set), family)


def _products(ahead: Ahead, subjects: Sequence[Subject]) -> None:
    release = subjects[0].page.release
    parts = {one.attack_id: OneOrAll(release, one.attack_id) for one in subjects}
    ahead.fetch_parts(PRODUCTS, OneOrAll(release), "technique_id", parts)


def _related(ahead: Ahead, subjects: Sequence[Subject], telemetry: Telemetry) -> None:
    for name, question in METHODS.items():
        if name != TELEMETRY:
            ahead.fetch(question, _objects(subjects))
    for one in subjects:
        meant = _meant(ahead, one)
        if len(meant) <= 1:
            rows = [row for technique_id in meant for row in telemetry.related(technique_id)]
            ahead.give(METHODS[TELEMETRY], OfObject(one.page.release, one.attack_id), rows)


def _meant(ahead: Ahead, one: Subject) -> set[str]:
    """Return the techniques that an identifier means in the release: a retired one may mean its successor."""
    rows = ask(ahead, t.TECHNIQUE, _evidence(one))
    return {row.technique_id for row in rows}


def _why(ahead: Ahead, subjects: Iterable[Subject]) -> None:
    here = [
        OneTechniqueHere(one.page.release, one.page.environment, one.attack_id)
        for one in subjects
        if one.page.environment
    ]
    ahead.fetch(WHY, here)


def _analytics(ahead: Ahead, subjects: Sequence[Subject], _: Telemetry) -> None:
    ahead.fetch(q.DETECTION_CHAIN, _objects(subjects))
    ahead.fetch(q.SURROUNDINGS, _objects(subjects))
    of_set = subjects[0].page.of_set
    asked = {
        t.TechniqueEvidence(one.release, row.technique_id, set=of_set): None
        for one in _objects(subjects)
        for row in ask(ahead, q.DETECTION_CHAIN, one)
    }
    ahead.fetch(t.TECHNIQUE_BY_LOG_SOURCE, asked)


def _components(ahead: Ahead, subjects: Sequence[Subject], _: Telemetry) -> None:
    ahead.fetch(q.DETECTION_CHAIN, _objects(subjects))
    by_stix_id = [OfObject(one.page.release, one.stix_id) for one in subjects]
    ahead.fetch(q.COMPONENT_LOG_SOURCES, by_stix_id)


def _log_sources(ahead: Ahead, subjects: Sequence[Subject], _: Telemetry) -> None:
    asked = [OfLogSource(one.page.release, one.page.identifier) for one in subjects]
    ahead.fetch(LOG_SOURCE_SHOWS, asked)
    ahead.fetch(RULES_OF_LOG_SOURCE, asked)


def _rules(ahead: Ahead, subjects: Sequence[Subject], _: Telemetry) -> None:
    names = [q.OfEvidence(one.page.identifier) for one in subjects]
    ahead.fetch(q.EVIDENCE, names)
    items = [(one, ask(ahead, q.EVIDENCE, name)) for one, name in zip(subjects, names, strict=True)]
    found = [(one.page.release, rows[0]) for one, rows in items if rows]
    ahead.fetch(q.RAW_EVIDENCE, [q.OfEvidence(item.key) for _, item in found])
    ahead.fetch(q.EVIDENCE_CLAIMS, [q.OfEvidenceInRelease(release, item.key) for release, item in found])
    ahead.fetch(RELATED_RULES, [OfRule(item.id) for _, item in found])


def _as_they_come(_: Ahead, __: Sequence[Subject], ___: Telemetry) -> None:
    """Fetch nothing: there are a few of them."""


_OF_KIND: Mapping[str, Fetch] = {
    "Technique": _techniques,
    "Analytic": _analytics,
    "DetectionStrategy": _analytics,
    "DataComponent": _components,
}
_NOT_OFFICIAL: Mapping[str, Fetch] = {
    "LogSource": _log_sources,
    "Rule": _rules,
    "EvidenceSet": _as_they_come,
    "Environment": _as_they_come,
}
