"""The patch of an upgrade: made of what was found, written as JSON, applied to a folder."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cli.files import put
from cli.render.cells import as_json
from cli.render.visible import json_escaped
from graph.errors import UsageError
from loaders.rewriting.folder import replace, rewritten, told
from loaders.rewriting.patch import Carrier, Change, Patch, Patching, document_of, place_of_tactic
from loaders.rewriting.tags import PLACES
from queries.answers.upgrade.plan import Found
from queries.answers.upgrade.tactics import MISMATCH, MOVED, RENAMED, UNKNOWN, JudgedRule, TacticTag
from queries.ask import ask
from queries.questions.trace.questions import RECORDS, RecordsOf
from queries.questions.upgrade.questions import MovedClaim

if TYPE_CHECKING:
    from cli.session import Session
    from graph.server.connection import Graph

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Made:
    """A patch with what it is of."""

    before: str
    after: str
    set: str
    format: str
    patch: Patch


def patch_of(graph: "Graph", found: Found) -> Made:
    """Return the patch of an upgrade.

    Raises:
        UsageError: it would be of several sets, or of one that is not of rules.
    """
    moved = [each for each in found.moved if each.line is not None]
    kinds = {each.set: each.kind for each in moved} | {each.rule.set: each.rule.kind for each in found.judged}
    if len(kinds) > 1:
        raise UsageError("a patch is of one set of rules", todo=f"pass --set: {', '.join(sorted(kinds))}")
    (of_set, kind) = next(iter(kinds.items()), (found.upgrade.set or "", ""))
    texts = _texts(
        graph, [*(each.sha256 or "" for each in moved), *(each.rule.sha256 for each in found.judged)]
    )
    patching = Patching()
    _techniques(patching, moved, texts, found.upgrade.after)
    _tactics(patching, found.judged, texts, found.upgrade.after)
    return Made(found.upgrade.before, found.upgrade.after, of_set, kind, patching.whole())


def _texts(graph: "Graph", hashes: Iterable[str]) -> dict[str, str]:
    wanted = sorted(set(hashes))
    return {
        row.sha256: row.text
        for some in (wanted[at : at + _BATCH] for at in range(0, len(wanted), _BATCH))
        for row in ask(graph, RECORDS, RecordsOf(tuple(some), ()))
    }


def _techniques(
    patching: Patching, moved: Sequence[MovedClaim], texts: Mapping[str, str], after: str
) -> None:
    present: dict[str, set[str]] = {}
    for row in moved:
        carrier = _carrier(row.path, row.evidence_id, row.kind, row.line, texts.get(row.sha256 or "", ""))
        has = present.setdefault(row.evidence_id, set())
        if row.named:
            has.update(row.successors)
        change = Change(
            carrier,
            row.origin_pointer or "",
            row.as_written or row.technique_id,
            row.successors if row.successor else (),
            _why_claim(row, after),
            row.successor,
        )
        patching.technique(change, has)


def _tactics(patching: Patching, judged: Sequence[JudgedRule], texts: Mapping[str, str], after: str) -> None:
    for each in judged:
        rule = each.rule
        carrier = _carrier(rule.path, rule.evidence_id, rule.kind, rule.line, texts.get(rule.sha256, ""))
        present = set(rule.tactics)
        for tag in each.tags:
            if tag.kind is None:
                continue
            at, written = place_of_tactic(carrier, rule.tags, tag.tactic) or ("", tag.tactic)
            change = Change(carrier, at, written, tag.successors, _why_tactic(tag, after))
            patching.tactic(change, present)


def _carrier(file: str | None, rule: str, kind: str, line: int | None, record: str) -> Carrier:
    return Carrier(file or "", rule, kind, line or 1, record)


def _why_claim(row: MovedClaim, after: str) -> str:
    named = f"{row.technique_id} {row.technique}"
    if row.successor:
        return f"{named} is replaced by {row.successors[0]} {row.successor} in {after}"
    if row.successors:
        return f"{named} has no one successor in {after}: {', '.join(row.successors)}"
    return f"{named} has no successor in {after}"


def _why_tactic(tag: TacticTag, after: str) -> str:
    now, achieved = " or ".join(tag.successors), ", ".join(tag.achieved) or "nothing"
    left = f"no technique of the rule achieves {tag.tactic!r} in {after} any more"
    return {
        RENAMED: f"{tag.tactic!r} is called {now} in {after}",
        MOVED: f"{left}; {f'it moved to {now}' if now else f'they achieve {achieved}'}",
        MISMATCH: f"no technique of the rule achieves {tag.tactic!r}; they achieve {achieved}",
        UNKNOWN: f"no release has a tactic {tag.tactic!r}; the rule's techniques achieve {achieved}",
    }[tag.kind or UNKNOWN]


def write_patch(session: "Session", path: Path, made: Made) -> None:
    """Write the patch as JSON, and say how much is in it.

    Raises:
        UsageError: nothing can be written there.
    """
    body = document_of(made.patch, before=made.before, after=made.after, of_set=made.set)
    put(path, (json_escaped(as_json(body, indented=True)) + "\n").encode())
    patch = made.patch
    rules = {(each.file, each.rule) for each in (*patch.techniques, *patch.tactics)}
    session.say(
        f"{path}: {len(patch.techniques)} tags of techniques and {len(patch.tactics)} of tactics in "
        f"{len(rules)} rules; {len(patch.for_a_person)} for a person"
    )


def write_folder(session: "Session", folder: Path, made: Made) -> None:
    """Change the tags in the files of a folder, and name those that stay as they are.

    Raises:
        InputRejectedError: it is not a folder, or a file changed meanwhile.
        LimitExceededError: a file cannot be written; none is.
    """
    entries = (*made.patch.techniques, *made.patch.tactics)
    done, left = rewritten(folder, PLACES.get(made.format, ()), entries)
    replace(done)
    for line in told(done, left):
        session.say(line)
    if made.patch.for_a_person:
        session.say(f"left for a person: {len(made.patch.for_a_person)} tags; --patch FILE lists them")
