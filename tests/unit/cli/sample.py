"""Commands that behave in every way a command can, for the tests of the edge around them."""

import time
from dataclasses import dataclass
from typing import Annotated

import typer

from cli import options
from cli.answer import Answer, Exact, One, Rows, Scope, Text, rows_of
from cli.topics import Family, Place
from graph.errors import NotFoundError

HERE = "tests.unit.cli.sample"


@dataclass(frozen=True, slots=True)
class Pair:
    release: str
    technique_id: str
    platform: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Card:
    attack_id: str
    name: str
    platforms: list[str]
    related: list[Pair]


PAIRS = [
    Pair("enterprise-attack@18.1", "T1528", "SaaS", 0.85),
    Pair("enterprise-attack@18.1", "T1528", None, 0.5),
]


def pairs(
    ids: Annotated[list[str] | None, typer.Argument()] = None, release: options.Release = None
) -> Answer:
    """List pairs."""
    scope = Scope(release=release or "newest", of=len(PAIRS))
    chosen = [pair for pair in PAIRS if not ids or pair.technique_id in ids]
    return rows_of(Pair, chosen, scope=scope, looked_at=f"{scope.release}, {len(PAIRS)} pairs")


def card() -> Answer:
    """Show a card."""
    return One(Card("T1528", "Steal Application Access Token", ["SaaS", "IaaS"], PAIRS))


def missing() -> Answer:
    """Find nothing."""
    raise NotFoundError("no such technique", where="T9999", todo="did you mean T1999?")


def broken() -> Answer:
    """Break."""
    raise KeyError("\x1b[31mred\nline")


def interrupted() -> Answer:
    """Stop."""
    raise KeyboardInterrupt


def check() -> Answer:
    """Check."""
    return Rows(("kind",), [("gap",)], exit_code=1)


def words() -> Answer:
    """Say words."""
    return Text("MATCH (n)\n\tRETURN n \x07\n")


def exact() -> Answer:
    """Write bytes."""
    return Exact(b"\x00\xff")


def remove(context: typer.Context, *, yes: options.Yes = False) -> None:
    """Remove it."""
    session = options.session_of(context)
    session.detail("about to")
    session.say("removed" if session.confirm("Remove it?", yes=yes) else "kept")


def letters(*, fail: bool = False) -> Answer:
    """Write letters."""
    if fail:
        raise NotFoundError("café 汉字")
    return Rows(("name",), [("café 汉字 \udcff",)])


def many() -> Answer:
    """Write many rows."""
    return Rows(("id", "text"), [(f"T{at}", "word " * 20) for at in range(5000)])


def wait(context: typer.Context) -> None:
    """Wait."""
    options.session_of(context).say("waiting")
    time.sleep(60)


TOPICS = {
    "Ask": {
        "pairs": Place(f"{HERE}:pairs", "List pairs."),
        "card": Place(f"{HERE}:card", "Show a card."),
        "words": Place(f"{HERE}:words", "Say words."),
        "exact": Place(f"{HERE}:exact", "Write bytes."),
        "letters": Place(f"{HERE}:letters", "Write letters."),
        "many": Place(f"{HERE}:many", "Write many rows."),
        "wait": Place(f"{HERE}:wait", "Wait."),
        "check": Place(f"{HERE}:check", "Check."),
    },
    "Fail": {
        "missing": Place(f"{HERE}:missing", "Find nothing."),
        "broken": Place(f"{HERE}:broken", "Break."),
        "interrupted": Place(f"{HERE}:interrupted", "Stop."),
        "remove": Family("Remove things.", {"it": Place(f"{HERE}:remove", "Remove it.")}),
        "absent": Place("tests.unit.cli.nowhere:nothing", "Not there."),
    },
}
