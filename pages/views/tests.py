"""Tests on pages: of a technique what can try it out, of an environment what runs gave."""

from collections.abc import Iterator, Sequence

from pages import words
from pages.answers import AnswerSource
from pages.links import Links
from pages.page import PageSubject, Section, Voice
from pages.parts import Cell, Code, Link, several, table
from pages.views.official import Official
from queries.params import InEnvironment, OfObject
from queries.questions.evidence.questions import RESULTS, TESTS, TestResult


def tests(source: AnswerSource, found: Official) -> Iterator[Section]:
    """Yield the tests of a technique and of the rules that claim it, where there are any."""
    rows = source.ask(TESTS, OfObject(found.subject.release, found.about.attack_id))
    if not rows:
        return
    body = [
        (
            row.title,
            ", ".join(row.platforms) or "not stated",
            "; ".join(row.rules) or "the technique",
            row.author,
            words.day(row.on),
            Code(row.test_id),
            Link(row.set, found.links.of("EvidenceSet", row.set)),
        )
        for row in rows
    ]
    columns = "Test | Runs on | Of | Made by | Date | Id | Set"
    grid = table("test-rows", f"Tests for {found.about.attack_id}", columns, body, things="tests")
    lead = "A test shows whether something is detected; that it exists says nothing of what it gives here."
    yield Section("tests", "Tests", Voice.EVIDENCE, (grid,), lead)


def results(source: AnswerSource, subject: PageSubject, links: Links, environment: str) -> Iterator[Section]:
    """Yield what an environment states of the tests and rules that were tried out there, where it states anything."""
    rows = source.ask(RESULTS, InEnvironment(subject.release, environment))
    if rows:
        columns = "Date | Result | What | Id | Techniques | Note"
        grid = table("result-rows", "Results", columns, _results(links, rows), things="results")
        lead = "As the environment states it. A result changes no state of coverage: what is validated does."
        yield Section("results", "Results of tests", Voice.YOURS, (grid,), lead)


def _results(links: Links, rows: Sequence[TestResult]) -> list[tuple[Cell, ...]]:
    return [
        (
            words.day(row.on),
            row.state,
            row.title or row.id,
            Code(row.id),
            several(Link(each, links.of("Technique", each)) for each in row.technique_ids),
            row.note,
        )
        for row in rows
    ]
