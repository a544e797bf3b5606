"""What is missing on the way to a detection, what would close it, and who contradicts whom."""

from collections.abc import Iterable, Sequence

from pages import words
from pages.answers import AnswerSource
from pages.page import Section, Voice
from pages.parts import Cell, Code, counted, listed, several, table
from pages.requests import Request
from pages.views.evidence import log_source_name
from pages.views.official import Official
from queries.answers.conflicts import Conflict, conflicts
from queries.questions.coverage.environment import WHY, OneTechniqueHere
from queries.questions.coverage.technique import LogSourceCoverage, PlatformCoverage
from queries.questions.lookup.questions import ChainLink


def missing(
    source: AnswerSource,
    found: Official,
    rows: Sequence[PlatformCoverage],
    chain: Sequence[ChainLink],
    logs: Sequence[LogSourceCoverage],
) -> Section:
    """Return the first gap of each platform: in an environment as `why` has it, else as the library has it."""
    if found.subject.environment:
        return _here(source, found, found.subject.environment)
    open_ = [row for row in rows if row.platform and row.state != "covered"]
    body = [(row.platform, words.state(row.state), _gap(row), _closing(row, chain, logs)) for row in open_]
    grid = table(
        "gaps",
        f"Platforms on which {found.about.attack_id} is not covered",
        "Platform | State | First gap | What would close it",
        body,
        empty="Every platform of the technique is covered by a claim.",
        things="platforms",
    )
    lead = "In the library: what anybody claims. With `--environment` this says what is missing in yours."
    return Section("missing", "What is missing, and what would close it", Voice.EVIDENCE, (grid,), lead)


def _gap(row: PlatformCoverage) -> str:
    if row.state == "unplaced":
        return "claimed, but for no stated platform"
    if row.guidance:
        return "no rule is placed here"
    return "no ATT&CK guidance for this platform"


def _closing(row: PlatformCoverage, chain: Iterable[ChainLink], logs: Iterable[LogSourceCoverage]) -> Cell:
    """Return the logs that a rule would have to read there, by ATT&CK's analytics, and the rules at hand for them."""
    wanted = dict.fromkeys(
        link.canonical or link.log_source
        for link in chain
        if row.platform in link.platforms and link.log_source
    )
    if not wanted:
        return (
            "state in an environment where the claims apply (`placements`)"
            if row.state == "unplaced"
            else "guidance first"
        )
    at_hand = [
        log_source_name(each.log_source) for each in logs if set(each.attack_log_sources) & wanted.keys()
    ]
    near = f"; rules for {listed(at_hand)} read it" if at_hand else ""
    return several(["a rule that reads ", *(Code(name) for name in wanted), near])


def _here(source: AnswerSource, found: Official, environment: str) -> Section:
    rows = source.ask(WHY, OneTechniqueHere(found.subject.release, environment, found.about.attack_id))
    grid = table(
        "gaps",
        f"What is missing in {environment}",
        "Platform | First gap | To close it",
        [(row.platform, words.gap(row.missing), listed(row.would_close, last="or") or None) for row in rows],
        empty=f"{environment} runs none of the platforms of this technique.",
        things="platforms",
    )
    lead = f"In {environment}, the way is: guidance, log source known, collected, rule exists, enabled, validated."
    if found.subject.of_set:
        lead = f"{lead} Rules of all sets count here, as `why` has it."
    return Section("missing", "What is missing, and what would close it", Voice.YOURS, (grid,), lead)


def contradictions(source: AnswerSource, found: Official) -> Section:
    """Return the statements that contradict each other, and those of which only one side speaks."""
    own, attack_id = found.subject, found.about.attack_id
    every = source.work_out(
        Request("conflicts", {"what": attack_id, "release": own.release, **own.only}),
        Conflict,
        lambda graph: conflicts(graph, release=own.release, attack_id=attack_id, of_set=own.of_set),
    )
    hard = [each for each in every if each.contradiction]
    lead = (
        f"{counted(len(hard), 'contradiction')} and {counted(len(every) - len(hard), 'statement')} by one side only. "
        "Both sides are shown; none is judged."
        if every
        else "No two sources that are loaded contradict each other about it."
    )
    grid = table(
        "conflict-rows",
        "Statements side by side",
        "What | One source | Another source",
        [
            (
                "contradiction" if each.contradiction else "only one side speaks",
                f"{each.one}: {each.says}",
                f"{each.other}: {each.other_says}" if each.other else each.other_says,
            )
            for each in every
        ],
        things="statements",
    )
    parts = (grid,) if every else ()
    return Section("conflicts", "Contradictions", Voice.EVIDENCE, parts, lead)
