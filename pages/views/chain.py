"""ATT&CK's own way from a log source to a tactic, as a table and as a picture."""

from collections.abc import Iterable, Iterator, Sequence

from pages import words
from pages.links import Links
from pages.page import Section, Voice
from pages.parts import Code, Grid, Link, table
from pages.picture import Drawing, PictureEdge, PictureNode, draw
from pages.views.official import Official
from queries.questions.lookup.questions import ChainLink

DRAWN = 60
"""Boxes of a picture; more are read more easily as the table below it."""
COLUMNS = ("Log source", "Data component", "Analytic", "Strategy", "Technique", "Tactic")
KINDS = ("log source", "component", "analytic", "strategy", "technique", "tactic")
SOURCE, COMPONENT, ANALYTIC, STRATEGY, TECHNIQUE, TACTIC = range(len(COLUMNS))


def chain(
    found: Official,
    links: Sequence[ChainLink],
    beside: Iterable[PictureNode] = (),
    extra: Iterable[PictureEdge] = (),
) -> Section:
    """Return the section with the picture and the table of the chain.

    Args:
        found: the subject of the page.
        links: rows of `lookup.detection-chain`.
        beside: boxes of the page's own, such as mitigations and rules.
        extra: their edges; a technique's box has its ATT&CK id as its key.
    """
    nodes, edges = [*_nodes(links, found.links), *beside], [*_edges(links), *extra]
    small = 0 < len({node.key for node in nodes}) <= DRAWN
    drawn = (_picture(found, nodes, edges),) if small else ()
    lead = (
        "How ATT&CK itself leads from a log to the technique: each analytic belongs to a strategy and reads log "
        "sources, in which it looks for a component. The bundle has these links in embedded fields, not in "
        "relationship objects."
        if links
        else "This release states no analytic for it."
    )
    return Section(
        "chain", "ATT&CK's own detection chain", Voice.OFFICIAL, (*drawn, _table(links, found.links)), lead
    )


def _picture(found: Official, nodes: Sequence[PictureNode], edges: Sequence[PictureEdge]) -> Drawing:
    kinds = {
        kind: sum(node.kind == kind for node in nodes) for kind in dict.fromkeys(node.kind for node in nodes)
    }
    counts = ", ".join(f"{number} {kind}{'' if number == 1 else 's'}" for kind, number in kinds.items())
    of = found.about.attack_id
    summary = f"From log sources to tactics around {of}: {counts}. The table below has the same links."
    beside = {"rule": (STRATEGY, "Strategy, rules"), "mitigation": (TACTIC, "Tactic, mitigations")}
    titles = list(COLUMNS)
    for kind, (column, title) in beside.items():
        titles[column] = title if kind in kinds else titles[column]
    return draw(summary, titles, nodes, edges)


def _nodes(rows: Iterable[ChainLink], links: Links) -> Iterator[PictureNode]:
    def official(column: int, label: str, key: str, name: str, within: str | None = None) -> PictureNode:
        return PictureNode(key, column, KINDS[column], key, name, links.of(label, key, within=within))

    for row in rows:
        if row.log_source:
            log = row.canonical or row.log_source
            yield PictureNode(f"log {log}", SOURCE, "log source", log, log, links.of("LogSource", log))
        if row.component_id:
            yield official(COMPONENT, "DataComponent", row.component_id, row.component or "")
        what = ", ".join(row.platforms) or row.analytic
        yield official(ANALYTIC, "Analytic", row.analytic_id, what, row.strategy_id)
        yield official(STRATEGY, "DetectionStrategy", row.strategy_id, row.strategy)
        yield official(TECHNIQUE, "Technique", row.technique_id, row.technique)
        for tactic_id, shortname in zip(row.tactic_ids, row.tactics, strict=True):
            yield official(TACTIC, "Tactic", tactic_id, words.tactic(shortname))


def _edges(rows: Iterable[ChainLink]) -> Iterator[PictureEdge]:
    for row in rows:
        log = f"log {row.canonical or row.log_source}" if row.log_source else None
        if log and row.component_id:
            yield PictureEdge(log, row.component_id)
        if row.component_id or log:
            yield PictureEdge(row.component_id or log or "", row.analytic_id)
        yield PictureEdge(row.analytic_id, row.strategy_id)
        yield PictureEdge(row.strategy_id, row.technique_id)
        yield from (PictureEdge(row.technique_id, tactic_id) for tactic_id in row.tactic_ids)


def _table(rows: Iterable[ChainLink], links: Links) -> Grid:
    listed = [
        (
            Link(row.analytic_id, links.of("Analytic", row.analytic_id, within=row.strategy_id)),
            ", ".join(row.platforms) or None,
            Link(row.strategy_id, links.of("DetectionStrategy", row.strategy_id)),
            Link(f"{row.component_id} {row.component}", links.of("DataComponent", row.component_id))
            if row.component_id
            else None,
            Code(row.log_source) if row.log_source else None,
            row.channel if row.channel != "None" else None,
        )
        for row in rows
    ]
    return table(
        "chain-rows",
        "Analytics with what they read and look for",
        "Analytic | Platform | Strategy | Looks for | In the log source | Channel",
        listed,
        empty="No analytic.",
        things="references",
    )
