"""`trace`: the paths from evidence to techniques and tactics, with the record of every hop."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.answer import Answer, Rows, Scope
from cli.asking import open_graph
from cli.files import put
from cli.naming import technique_id
from graph.errors import NotFoundError
from queries.answers.choice import choose

if TYPE_CHECKING:
    from graph.server.connection import Graph
    from proofs.paths import Found, Trace


def trace(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="ID", help="A technique, such as T1528.")],
    *,
    proof: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a proof of the paths, for `sightline verify`."),
    ] = None,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Show coverage paths from evidence to technique and tactic, with the record behind every hop.

    Each hop is recorded (a record of the source states it) or computed (a named rule applied to records).
    """
    from proofs.paths import of_techniques, resolved

    session = options.session_of(context)
    attack_id = technique_id(what, "trace")
    with open_graph(session) as graph:
        key = choose(graph, release, attack_id=attack_id, domain=domain)
        found = resolved(graph, key, of_techniques(graph, key, [attack_id]))
        for lost in found.lost:
            session.say(f"no path: {lost}")
        if proof:
            session.say(_saved(graph, found, proof))
    return _answer(found, attack_id)


def _saved(graph: "Graph", found: "Trace", file: Path) -> str:
    from proofs.document import proof
    from proofs.statement import write_statement

    if not found.paths:
        raise NotFoundError("no path to prove", where=str(file), todo="trace something that evidence claims")
    put(file, write_statement(proof(graph, found)))
    return f"wrote {file}; check it with `sightline verify {file}`"


def _answer(found: "Trace", attack_id: str) -> Rows:
    return Rows(
        columns=("path",),
        values=[(_parts(path),) for path in found.paths],
        scope=Scope(release=found.release),
        looked_at=f"the evidence that claims {attack_id} in {found.release}",
    )


def _parts(found: "Found") -> list[dict[str, object]]:
    """Return a path as `--format json` has it: nodes and relationships in turn."""
    from proofs.paths import holder_of

    nodes: list[dict[str, object]] = [
        {
            "node": node["node"],
            "key": stop.key,
            "attack_id": node["attack_id"],
            "name": node["name"],
            "sha256": node["record"],
        }
        for stop, node in zip(found.stops, found.path["nodes"], strict=True)
    ]
    parts: list[dict[str, object]] = [nodes[0]]
    for at, (hop, node) in enumerate(zip(found.path["hops"], nodes[1:], strict=True)):
        parts += [
            {
                "relationship": hop["relationship"],
                "direction": hop["direction"],
                "kind": hop["kind"],
                "via": hop["via"],
                "sha256": holder_of(found.path, at),
                "at": hop["at"],
                "line": hop["line"],
                "origin": hop["origin"],
            },
            node,
        ]
    return parts
