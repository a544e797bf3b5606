"""`demo`: a local Neo4j, the bundled sample in it, and the first answers."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cli import options
from cli.answer import Answer, One, Rows, Scope, Text, rows_of
from cli.delivery import rendered, screen_of_stdout
from cli.engine import Up, up
from cli.progress import bytes_arriving
from cli.render.forms import Form
from cli.session import Session
from graph.server.settings import folders
from loaders import sample
from queries.answers.choice import choose
from queries.ask import ask
from queries.catalog import AnyQuestion
from queries.questions.coverage import technique
from queries.questions.lookup.questions import DETECTION_CHAIN

if TYPE_CHECKING:
    from graph.server.connection import Graph

TECHNIQUE = "T1528"
ANALYTIC = "AN0496"


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demonstration shows.

    Attributes:
        release: that answered.
        by_source: coverage of T1528 by source.
        by_platform: coverage of T1528 by platform.
        chain: from AN0496 to its tactic, one row per log source.
        browser: address of the Neo4j Browser.
        username: of the log-in.
        password_file: where the password is.
        page: the page of T1528, a file to open in a web browser.
    """

    release: str
    by_source: list[object]
    by_platform: list[object]
    chain: list[object]
    browser: str
    username: str
    password_file: str
    page: str


def demo(context: typer.Context) -> Answer:
    """Start the local Neo4j, load the bundled sample, and show what covers T1528.

    Safe to repeat: what is loaded stays. The sample's own release answers, also where real ones are loaded.
    """
    from graph.server.connection import connect
    from graph.server.settings import LOCAL, Target

    session = options.session_of(context)
    with bytes_arriving(session, "Neo4j") as progress:
        engine = up(progress=progress)
    password = engine.password_file.read_text(encoding="utf-8").strip()
    with connect(Target(engine.bolt, engine.username, password, "neo4j", LOCAL), patience=20) as graph:
        _load(session, graph)
        return _shown(session, _asked(graph, engine))


def _load(session: Session, graph: "Graph") -> None:
    from loaders.formats import Source
    from loaders.loading import load_source

    for path in sample.releases():
        for report in load_source(graph, "attack", Source((str(path),))).reports:
            session.say(f"{report.key}: {report.outcome}")
    for report in load_source(graph, "detections", Source((str(sample.detections()),))).reports:
        session.say(f"{report.key}: {report.outcome}; `sightline remove set {report.key}` removes it")


def _asked(graph: "Graph", engine: Up) -> Demo:
    release = choose(graph, sample.NEWEST, attack_id=TECHNIQUE, domain=None)

    def answer(question: AnyQuestion, attack_id: str) -> list[object]:
        return list(ask(graph, question, question.params(release=release, attack_id=attack_id)))

    return Demo(
        release=release,
        by_source=answer(technique.TECHNIQUE_BY_SOURCE, TECHNIQUE),
        by_platform=answer(technique.TECHNIQUE, TECHNIQUE),
        chain=answer(DETECTION_CHAIN, ANALYTIC),
        browser=engine.browser,
        username=engine.username,
        password_file=str(engine.password_file),
        page=str(_page(graph, release)),
    )


def _page(graph: "Graph", release: str) -> Path | None:
    """Write the page of T1528 where the next demonstration writes it too, and return its place."""
    from cli.opening import written_page  # templates: only a page pays for them

    folder = folders().data / "pages"
    folder.mkdir(parents=True, exist_ok=True)
    return written_page(graph, release, TECHNIQUE, folder)


def _shown(session: Session, found: Demo) -> Answer:
    if session.form not in (None, Form.TABLE):
        return One(found, Scope(release=found.release))
    sections = [
        (f"What covers {TECHNIQUE} (Steal Application Access Token), by source", _rows(found.by_source)),
        (f"What covers {TECHNIQUE}, by platform", _rows(found.by_platform)),
    ]
    parts = [f"{title}\n\n{rendered(rows, Form.TABLE, screen_of_stdout())}" for title, rows in sections]
    return Text("\n".join([*parts, _chain(found), _next(found)]))


def _rows(rows: list[object]) -> Rows:
    return rows_of(type(rows[0]), rows) if rows else Rows((), [])


def _chain(found: Demo) -> str:
    lines = [f"What {ANALYTIC} belongs to (many pages show it without relationships)", ""]
    for each in found.chain:
        link = {name: getattr(each, name) for name in each.__dataclass_fields__}  # type: ignore[attr-defined]
        lines.append(
            "{analytic_id} -> {strategy_id} -> {technique_id} -> {tactic}    {component_id} in {log_source}".format(
                tactic=", ".join(link["tactic_ids"]), **link
            )
        )
    return "\n".join([*lines, ""])


def _next(found: Demo) -> str:
    return "\n".join(
        [
            f"Answered by {found.release}.",
            f"Neo4j Browser  {found.browser}",
            f"               user {found.username}, password in {found.password_file}",
            "Next           sightline related T1528",
            "               sightline missing",
            "               sightline load attack enterprise-attack-18.1.json.gz",
            f"Page of {TECHNIQUE}  {found.page}",
            "",
        ]
    )
