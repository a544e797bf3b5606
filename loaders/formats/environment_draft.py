"""A first file of environment/1, with comments, for a person to edit: what the loaded rules read, by its names.

A log source begins as `planned`: nothing is visible by it until the person says that it is collected.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from graph.errors import UsageError
from loaders.reading.checked import Slug
from loaders.tables.declared import declared

_WIDEST = 72
"""Letters up to which the comments of a list are lined up."""
_MOST = 2
"""Names of one log that are written apart; a log with more of them is written as the rules do."""


@dataclass(frozen=True, slots=True)
class ReadBy:
    """A log source as rules state it, such as `sigma:azure//signinlogs`, and how much depends on it."""

    log_source: str
    rules: int
    techniques: int


@dataclass(frozen=True, slots=True)
class Draft:
    """What a first file is made of.

    Attributes:
        name: of the environment.
        release: whose platforms are listed.
        platforms: each with the number of its techniques.
        log_sources: what rules read, the most rules first.
        sets: names of the sets of rules in use, each with the number of its rules.
    """

    name: str
    release: str
    platforms: Sequence[tuple[str, int]]
    log_sources: Sequence[ReadBy]
    sets: Sequence[tuple[str, int]]


def checked_name(name: str) -> str:
    """Return `name`, which an environment can have.

    Raises:
        UsageError: it has other letters than such names have.
    """
    try:
        return TypeAdapter(Slug).validate_python(name)
    except ValidationError as error:
        raise UsageError(
            "is not a name of an environment", where=name, todo="use lower-case letters, digits and hyphens"
        ) from error


def draft_text(draft: Draft) -> str:
    """Return the file: environment/1 that loads as it is, and in which every log source is only planned."""
    return "\n".join([*_head(draft), *_platforms(draft), *_log_sources(draft), *_enabled(draft), *_more()])


def _head(draft: Draft) -> Iterator[str]:
    yield "# An environment: what you run, collect and enable. Edit it, then: sightline load environment FILE"
    yield "format: environment/1"
    yield f"name: {json.dumps(draft.name, ensure_ascii=False)}"


def _platforms(draft: Draft) -> Iterator[str]:
    yield from ("", f"# Platforms of {draft.release}. Delete those that you do not run.")
    if not draft.platforms:
        yield "# The release states none: everything runs everywhere."
        return
    yield "platforms:"
    yield from _with_comments(
        (f"  - {json.dumps(name)}", _count(techniques, "technique")) for name, techniques in draft.platforms
    )


def _log_sources(draft: Draft) -> Iterator[str]:
    yield from (
        "",
        "# Log sources that the loaded rules read, the most rules first. Write collected where you have it, partial",
        "# where you have a part; planned shows nothing yet; not_used says never. Delete what does not matter.",
    )
    if not draft.log_sources:
        yield "# No rule is loaded: load some first, or name what you collect, such as AWS:CloudTrail."
        yield "log_sources: []"
        return
    yield "log_sources:"
    yield from _with_comments(_entries(draft.log_sources))


def _entries(read: Iterable[ReadBy]) -> Iterator[tuple[str, str]]:
    """Yield a line for each name that is to be written, once, with what depends on it."""
    seen: set[str] = set()
    for each in read:
        names = declared(each.log_source).names
        for name in names if len(names) <= _MOST else (each.log_source,):
            if name not in seen:
                seen.add(name)
                yield f"  - {{name: {json.dumps(name, ensure_ascii=False)}, status: planned}}", _says(each)


def _says(each: ReadBy) -> str:
    counts = f"{_count(each.rules, 'rule')}, {_count(each.techniques, 'technique')}"
    meant = declared(each.log_source)
    if meant.logs:
        return f"{counts}; events of {' or '.join(meant.logs[:2])}"
    if len(meant.names) > _MOST:
        return f"{counts}; all of {', '.join(meant.names[:_MOST])} and {len(meant.names) - _MOST} more"
    return counts if each.log_source in meant.names else f"{counts}; {each.log_source}"


def _enabled(draft: Draft) -> Iterator[str]:
    yield from (
        "",
        "# Rules that are switched on, by what they are (set, status, level, product, category, service); the last",
        "# entry that fits a rule wins.",
    )
    if not draft.sets:
        yield "enabled: []"
        return
    yield "enabled:"
    yield from _with_comments(
        (f"  - select: {{set: [{json.dumps(name, ensure_ascii=False)}]}}", _count(rules, "rule"))
        for name, rules in draft.sets
    )
    yield "  # - {id: 00000000-0000-0000-0000-000000000000, enabled: false}   # one rule that is off"
    yield "  # - {select: {status: [experimental]}, enabled: false}"


def _more() -> Iterator[str]:
    yield from (
        "",
        "# Results of tests, if you have some: a covered technique with one is validated (L5).",
        "# results:",
        "#   - {rule: 00000000-0000-0000-0000-000000000000, state: detected, on: 2026-01-31}",
        "",
    )


def _with_comments(lines: Iterable[tuple[str, str]]) -> Iterator[str]:
    listed = list(lines)
    width = min(max(len(line) for line, _ in listed), _WIDEST)
    for line, comment in listed:
        yield f"{line:<{width}}  # {comment}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
