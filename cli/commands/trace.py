"""`trace`: the paths from evidence to techniques and tactics, with the record of every hop."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.answer import Answer, Branch, Rows, Scope, Text
from cli.asking import open_graph
from cli.environments import known
from cli.files import put
from cli.links import link_to
from cli.naming import known_platform
from graph.errors import NotFoundError
from graph.identifiers import official
from queries.answers.choice import choose
from queries.workbench.links import cypher_of
from queries.workbench.pictures import picture

if TYPE_CHECKING:
    from graph.server.connection import Graph
    from proofs.paths import Found, Trace
    from proofs.sketches import Wish

HASH = 12
"""Digits of a SHA-256 that a tree shows; `--format json` has all."""


def trace(
    context: typer.Context,
    what: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="An ATT&CK id (T, TA, DET, AN, DC), a rule's UUID or another evidence id."
        ),
    ],
    *,
    to: Annotated[
        str | None,
        typer.Option(metavar="EVIDENCE", help="Only the paths from this rule, finding or capability."),
    ] = None,
    proof: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a proof of the paths, for `sightline verify`."),
    ] = None,
    cypher: Annotated[
        bool, typer.Option("--cypher", help="Print the statement that draws the paths in the Neo4j Browser.")
    ] = False,
    link: options.Link = False,
    all_sets: Annotated[
        bool, typer.Option("--all-sets", help="Take sets that a newer version has replaced, too.")
    ] = False,
    environment: options.Environment = None,
    platform: options.Platform = None,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Show coverage paths from evidence to technique and tactic, with the record behind every hop.

    Each hop is recorded (a record of the source states it) or computed (a named rule applied to records). The
    evidence is that of `coverage ID --evidence`; what coverage does not count is marked, with the reason.
    """
    from proofs.sketches import Wish

    session = options.session_of(context)
    with open_graph(session) as graph:
        attack_id = official(what)
        key = choose(graph, release, attack_id=attack_id, domain=domain)
        environment = known(graph, environment) if environment else None
        if cypher or link:
            return _drawn(graph, _params(key, attack_id or what, to, environment), link=link)
        wish = Wish(key, attack_id or what, to, environment, known_platform(graph, platform, key), all_sets)
        found = _traced(graph, wish)
        for lost in found.lost:
            session.say(f"no path: {lost}")
        if proof:
            session.say(_saved(graph, found, proof))
    return _answer(found, wish)


def _traced(graph: "Graph", wish: "Wish") -> "Trace":
    from proofs.paths import resolved
    from proofs.sketches import sketched

    return resolved(graph, sketched(graph, wish))


def _params(release: str, start: str, to: str | None, environment: str | None) -> dict[str, object]:
    return {"release": release, "id": start, "to": to, "environment": environment}


def _drawn(graph: "Graph", params: dict[str, object], *, link: bool) -> Text:
    """Return the statement that draws the paths, or the link that types it into the Browser."""
    drawing = picture("trace")
    if link:
        return Text(f"{link_to(graph.target, drawing, params)}\n")
    return Text(f"{drawing.literal(cypher_of(params))}\n")


def _saved(graph: "Graph", found: "Trace", file: Path) -> str:
    from proofs.document import proof
    from proofs.statement import write_statement

    if not found.paths:
        raise NotFoundError("no path to prove", where=str(file), todo="trace something that evidence claims")
    put(file, write_statement(proof(graph, found)))
    return f"wrote {file}; check it with `sightline verify {file}`"


def _answer(found: "Trace", wish: "Wish") -> Rows:
    what = f"the paths to and from {wish.start}{f' from {wish.to}' if wish.to else ''}"
    return Rows(
        columns=("path",),
        values=[(_parts(path),) for path in found.paths],
        scope=Scope(found.release, wish.environment, (wish.platform,) if wish.platform else ()),
        looked_at=f"{what} in {found.release}",
        tree=_tree(found.paths),
    )


def _parts(found: "Found") -> list[dict[str, object]]:
    """Return a path as `--format json` has it: nodes and relationships in turn."""
    nodes: list[dict[str, object]] = [
        {
            "node": node["node"],
            "key": stop.key,
            "attack_id": node["attack_id"],
            "name": node["name"],
            "sha256": node["record"],
        }
        for stop, node in zip(found.sketch.stops, found.path["nodes"], strict=True)
    ]
    parts = nodes[:1]
    for at, node in enumerate(nodes[1:]):
        parts += [_hop(found, at), node]
    return parts


def _hop(found: "Found", at: int) -> dict[str, object]:
    from proofs.paths import holder_of

    hop, way = found.path["hops"][at], found.sketch.ways[at]
    return {
        "relationship": hop["relationship"],
        "direction": hop["direction"],
        "kind": hop["kind"],
        "via": hop["via"],
        "sha256": holder_of(found.path, at),
        "at": hop["at"],
        "line": hop["line"],
        "origin": hop["origin"],
        "confidence": way.confidence,
        "status": way.status,
        "category": way.category,
        "counted": way.counted,
        "not_counted": way.not_counted,
    }


# As a tree -------------------------------------------------------------------------------------------------

_WORDS = {
    ("CONTAINS", "out"): "",
    ("CLAIMS", "out"): "claims ",
    ("REVOKED_BY", "out"): "is revoked by ",
    ("ACHIEVES", "out"): "achieves ",
    ("DETECTS", "out"): "detects ",
    ("HAS_ANALYTIC", "in"): "is an analytic of ",
    ("LOOKS_FOR", "out"): "looks for ",
    ("READS", "out"): "reads ",
}


def _tree(paths: "tuple[Found, ...]") -> tuple[Branch, ...]:
    """Return the paths as a tree: what they have in common at their beginning is said once."""
    return _branches([(found, 0) for found in paths])


def _branches(places: "list[tuple[Found, int]]") -> tuple[Branch, ...]:
    grouped: dict[tuple[str, ...], list[tuple[Found, int]]] = {}
    for found, at in places:
        if at < len(found.path["nodes"]):
            title, details = _told(found, at)
            grouped.setdefault((title, *details), []).append((found, at + 1))
    return tuple(
        Branch(title, tuple(details), _branches(below)) for (title, *details), below in grouped.items()
    )


def _told(found: "Found", at: int) -> tuple[str, list[str]]:
    """Return the line of a node, with the hop that leads to it, and what is said under it."""
    node = found.path["nodes"][at]
    name = " ".join(filter(None, (node["attack_id"], node["name"])))
    if node["source"] is not None:
        return name, []
    if at == 0:
        return f"{node['node'].casefold()} {name}", [f"sha256 {(node['record'] or '')[:HASH]}"]
    hop = _hop(found, at - 1)
    word = _WORDS[str(hop["relationship"]), str(hop["direction"])] or f"{node['node'].casefold()} "
    said = hop["status"] or (hop["category"] if hop["category"] != "detect" else None)
    status = f" ({said})" if said else ""
    known = [node["id"]] if node["id"] else []
    return f"{word}{name}{status}{_not_counted(found, at)}", [*known, _basis(hop)]


def _not_counted(found: "Found", at: int) -> str:
    """Return why coverage leaves out what leads to a node, where nothing before it in the path says so."""
    ways = found.sketch.ways[:at]
    said = any(way.not_counted for way in ways[:-1])
    return f" (not counted: {ways[-1].not_counted})" if ways[-1].not_counted and not said else ""


def _basis(hop: dict[str, object]) -> str:
    """Return what a hop rests on: rule, file and place, confidence, record."""
    origin = hop["origin"] if isinstance(hop["origin"], dict) else {}
    place = f"line {hop['line']}" if hop["line"] else str(origin.get("place") or hop["at"])
    where = " ".join(filter(None, (str(origin.get("file", "")), place)))
    confidence = f"{hop['confidence']} confidence, " if hop["confidence"] else ""
    return f"{hop['via']}: {f'{where}, ' if where else ''}{confidence}sha256 {str(hop['sha256'])[:HASH]}"
