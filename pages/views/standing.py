"""Techniques in a list, each with its state in the library or in an environment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pages import words
from pages.answers import AnswerSource
from pages.page import PageSubject, Section, Voice
from pages.parts import Cell, Column, Grid, Tile, counted, noun, table
from pages.requests import Request
from pages.views.official import Official
from queries.answers import rollup
from queries.ask import Asked, ask
from queries.questions.coverage.totals import BY_TECHNIQUE, TechniquesEvidence
from queries.questions.lookup.questions import Neighbor


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a technique, and how many pieces of evidence claim to detect it."""

    technique_id: str
    state: str
    detect: int


def standings(source: AnswerSource, found: Official, techniques: Iterable[str]) -> dict[str, Standing]:
    """Return the state of each of the techniques by its id; those that are dead have none."""
    wanted = tuple(sorted(set(techniques)))
    own = found.subject
    rows = source.work_out(_request(own, wanted), Standing, lambda graph: _asked(graph, own, set(wanted)))
    return {row.technique_id: row for row in rows}


def _request(own: PageSubject, techniques: Sequence[str]) -> Request:
    here = {"environment": own.environment} if own.environment else {}
    return Request("page states", {"ids": list(techniques), "release": own.release, **here, **own.only})


def _asked(graph: Asked, own: PageSubject, wanted: set[str]) -> Iterable[Standing]:
    if own.environment:
        here = rollup.by_technique(graph, release=own.release, environment=own.environment, of_set=own.of_set)
        return [
            Standing(row.technique_id, row.state, row.detect) for row in here if row.technique_id in wanted
        ]
    library = ask(graph, BY_TECHNIQUE, TechniquesEvidence(own.release, set=own.of_set))
    return [
        Standing(row.technique_id, row.state, row.detect) for row in library if row.technique_id in wanted
    ]


def techniques(source: AnswerSource, found: Official, neighbors: Sequence[Neighbor], lead: str) -> Section:
    """Return the techniques that an object is about, with their states and what its publisher says of each."""
    states = standings(source, found, (each.attack_id for each in neighbors if each.attack_id))
    rows = [_row(found, each, states.get(each.attack_id or "")) for each in neighbors]
    covered = sum(each.state == "covered" for each in states.values())
    grid = _without_empty(
        table(
            "technique-rows",
            f"Techniques of {found.name}",
            "Id | Technique | State | #Detect | How",
            rows,
            empty="None in this release.",
            things="techniques",
        )
    )
    told = (
        f"{lead} {counted(len(rows), 'technique')}, {covered} covered: somebody claims to detect them on a platform "
        "that they have."
    )
    return Section("techniques", "Techniques", Voice.EVIDENCE, (grid,), told if rows else "")


def _row(found: Official, each: Neighbor, standing: Standing | None) -> tuple[Cell, ...]:
    return (
        found.link("Technique", each.attack_id),
        each.name,
        words.state(standing.state) if standing else None,
        standing.detect if standing else None,
        found.prose(each.description),
    )


def _without_empty(grid: Grid) -> Grid:
    """Return the table without a last column that has nothing in any row."""
    if grid.rows and all(row[-1] is None for row in grid.rows):
        columns: tuple[Column, ...] = grid.columns[:-1]
        rows = tuple(row[:-1] for row in grid.rows)
        return Grid(grid.name, grid.caption, columns, rows, grid.empty, None, grid.things)
    return grid


def tile(section: Section, one: str) -> Tile:
    """Return how many rows the first table of a section has, as a tile that leads there; `one` is what a row is."""
    rows = sum(len(part.rows) for part in section.parts[:1] if isinstance(part, Grid))
    return Tile(f"{rows:,}", noun(rows, one), f"#{section.name}")
