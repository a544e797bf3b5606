"""Replaying an answer: which questions it needs, its sources loaded into an empty graph, and how its rows differ.

What is loaded is known by its key and content root, which the digest of the answer covers; a source is read by every
format until one finds something that the answer rests on.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.errors import InputRejectedError, UsageError
from graph.holding.annotations import ANNOTATIONS
from graph.holding.environments import ENVIRONMENT
from graph.holding.releases import RELEASE
from graph.holding.sets import EVIDENCE
from graph.record import Json, canonical
from graph.server.connection import Graph
from loaders.formats import ALIASES, FORMATS, Format, Naming, Source
from loaders.loadable import Loadable
from loaders.loading import load
from loaders.reading.problems import Problem
from proofs.report import Check, RefusedError
from queries.ask import ask
from queries.catalog import CATALOG
from queries.params import Nothing
from queries.questions.releases.roots import ROOTS

LISTED = {"releases": "release", "sets": "set", "environments": "environment", "annotations": "annotations"}
"""Field of `loaded` -> the kind of the roots that it lists, in the order of loading."""
KINDS = {"release": RELEASE, "set": EVIDENCE, "environment": ENVIRONMENT, "annotations": ANNOTATIONS}
"""Kind of a root, as the question about them has it -> what that is."""

OF_ONE_LOAD = frozenset({"loaded_at", "source_url", "fetched_on", "git_commit"})
"""Fields of rows that tell of the load, not of what was loaded; they are not compared."""

OWN_CYPHER = "adhoc"
TABLES = ".csv"
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """A release, set, environment or file of annotations that the answer rests on."""

    kind: str
    key: str
    content_root: str
    tables_root: str | None


def wanted(file: Mapping[str, Any]) -> tuple[Wanted, ...]:
    """Return what was loaded for an answer, in the order of loading.

    Raises:
        RefusedError: an entry is not of the form that docs/proof.md states.
    """
    return tuple(
        _entry(kind, each, f"/answer/loaded/{name}/{at}")
        for name, kind in LISTED.items()
        for at, each in enumerate(_list(file["answer"]["loaded"][name], f"/answer/loaded/{name}"))
    )


def _list(value: object, where: str) -> list[object]:
    if not isinstance(value, list):
        raise RefusedError("is not a list", where)
    return value


def _entry(kind: str, each: object, where: str) -> Wanted:
    found = each if isinstance(each, dict) else {}
    key, root, tables = (found.get(name) for name in ("key", "content_root", "tables_root"))
    if not isinstance(key, str) or not isinstance(root, str) or not isinstance(tables, str | None):
        raise RefusedError("has no key and content root", where)
    return Wanted(kind, key, root, tables)


# Questions -------------------------------------------------------------------------------------------------


def known_questions(file: Mapping[str, Any]) -> Check:
    """Return the check that this Sightline has every question of an answer, in the revision that answered.

    Raises:
        RefusedError: it lacks one, which is named.
    """
    stated = _list(file["answer"]["questions"], "/answer/questions")
    for at, each in enumerate(stated):
        _known(each if isinstance(each, dict) else {}, f"/answer/questions/{at}")
    return Check(
        f"this Sightline has the {len(stated)} questions, in the revisions that answered", holds=True
    )


def _known(stated: Mapping[str, object], where: str) -> None:
    name, revision = str(stated.get("name")), stated.get("revision")
    if name == OWN_CYPHER:
        return
    if name not in set(CATALOG):
        raise RefusedError(f"this Sightline has no question {name[:_LONGEST]}", where)
    own = CATALOG[name].file
    if own.revision != revision:
        what = f"the answer was given by revision {revision} of {name}, this Sightline has revision {own.revision}"
        raise RefusedError(what, where)
    if own.sha256 != stated.get("text_sha256"):
        raise RefusedError(f"revision {revision} of {name} has another text in this Sightline", where)


# Sources ---------------------------------------------------------------------------------------------------


def load_sources(graph: Graph, needed: Sequence[Wanted], sources: Sequence[str]) -> list[Check]:
    """Load what an answer rests on from `sources` into an empty graph; tables (.csv) are aliases for the rules.

    Raises:
        RefusedError: a source is nothing that the answer rests on, or something is among none of the sources, or has
            another content.
        SightlineError: a source cannot be read or loaded.
    """
    tables = tuple(path for path in sources if path.lower().endswith(TABLES))
    found: dict[Wanted, tuple[str, Loadable]] = {}
    for path in sources:
        if path not in tables:
            found.update(_in_source(graph, path, tables, needed))
    missing = next((each for each in needed if each not in found), None)
    if missing:
        what = f"the answer rests on the {missing.kind} {missing.key}, which none of the sources is"
        raise RefusedError(what, "/answer/loaded")
    for each in needed:
        load(graph, found[each][1])
    _compared(graph, needed)
    return [Check(f"{each.key}: loaded from {found[each][0]}", holds=True) for each in needed]


def _compared(graph: Graph, needed: Sequence[Wanted]) -> None:
    roots = {(row.kind, row.key): (row.content_root, row.tables) for row in ask(graph, ROOTS, Nothing())}
    for each in needed:
        root, tables = roots[each.kind, each.key]
        if root != each.content_root:
            raise RefusedError(
                f"{each.key} has the content root {root}, not the one that is stated", "/answer/loaded"
            )
        if tables != each.tables_root:
            what = f"{each.key} was loaded with other tables of log sources; give your own ones (.csv) as sources too"
            raise RefusedError(what, "/answer/loaded")


def _in_source(
    graph: Graph, path: str, tables: tuple[str, ...], needed: Sequence[Wanted]
) -> dict[Wanted, tuple[str, Loadable]]:
    """Return what of the answer's basis a source has, by the first format that finds any.

    Raises:
        RefusedError: no format finds any.
        InputRejectedError: no format can read it; the error is that of the first one.
    """
    errors: list[InputRejectedError] = []
    for entry in FORMATS.values():
        form = entry.load()
        options = {ALIASES.name: tables} if tables and ALIASES in form.options else {}
        try:
            found = _by_format(graph, form, Source((path,), options=options), needed)
        except InputRejectedError as error:
            errors.append(error)
            continue
        if found:
            return {each: (path, loadable) for each, loadable in found.items()}
    if len(errors) == len(FORMATS):
        raise errors[0]
    raise RefusedError(f"{path}: is nothing that the answer rests on")


def _by_format(
    graph: Graph, form: Format, source: Source, needed: Sequence[Wanted]
) -> dict[Wanted, Loadable]:
    """Return what a format finds in a source, under the names that the answer has for it.

    Raises:
        InputRejectedError: it can read it under no name.
    """
    rejected: InputRejectedError | None = None
    waiting, tried = [Naming(), *_namings(needed)], list[Naming]()
    while waiting:
        naming = waiting.pop(0)
        if naming in tried:
            continue
        tried.append(naming)
        try:
            loadables = [each for each in form.read(source, naming) if not isinstance(each, Problem)]
        except UsageError:
            continue
        except InputRejectedError as error:
            rejected = rejected or error
            continue
        found = {each: one for one in loadables for each in needed if _is(graph, one, each)}
        if found:
            return found
        # Read under another name: its records tell under which it was loaded.
        waiting, rejected = list(_namings(_same_records(graph, loadables, needed))), None
    if rejected:
        raise rejected
    return {}


def _namings(needed: Iterable[Wanted]) -> Iterator[Naming]:
    for each in needed:
        name, _, version = each.key.partition("@")
        if each.kind == "release":
            yield Naming(release=each.key)
        elif each.kind == "set":
            yield Naming(name, version)
        else:
            yield Naming(name=each.key)


def _same_records(graph: Graph, loadables: Sequence[Loadable], needed: Sequence[Wanted]) -> list[Wanted]:
    roots = {root for one in loadables if (root := _root(graph, one))}
    return [each for each in needed if each.content_root in roots]


def _is(graph: Graph, one: Loadable, each: Wanted) -> bool:
    """Tell whether something that was read is what the answer names; what is yours is told by its name alone here."""
    if (one.kind, one.key) != (KINDS[each.kind], each.key):
        return False
    root = _root(graph, one)
    return root is None or root == each.content_root


def _root(graph: Graph, one: Loadable) -> str | None:
    """Return the content root of a release or set; None for what asks the graph, which is compared once loaded."""
    return one.whole(graph).content_root if one.kind in (RELEASE, EVIDENCE) else None


# Rows ------------------------------------------------------------------------------------------------------

SEARCH, SCORE = "lookup.search", "score"
"""The question whose order and scores are not the same in another database, and the field that has them."""


def compared_rows(stated: Json, again: Json) -> Check:
    """Return the check that the rows are those of the answer.

    Raises:
        RefusedError: they are not; names the first row, and the field, that differs.
    """
    if isinstance(stated, list) and isinstance(again, list):
        for at, (one, other) in enumerate(zip(stated, again, strict=False)):
            _same(one, other, f"/rows/{at}", f"row {at + 1}")
        if len(stated) != len(again):
            at = min(len(stated), len(again))
            only = "in the answer only" if len(stated) > at else "not in the answer"
            row = (stated if len(stated) > at else again)[at]
            raise RefusedError(f"row {at + 1} is {only}: {_told(row)}", f"/rows/{at}")
        return Check(f"asked again, the {len(stated)} rows are the same", holds=True)
    _same(stated, again, "/rows", "the answer")
    return Check("asked again, the answer is the same", holds=True)


def unranked(rows: Json) -> Json:
    """Return the hits of a search in an order of their own, without scores.

    Both depend on what else was ever in the full-text index: Lucene counts the documents of a segment, those that
    were deleted since among them (BM25Similarity, `docFreq`).
    """
    if not isinstance(rows, list):
        return rows
    without = [
        {name: each for name, each in row.items() if name != SCORE} if isinstance(row, dict) else row
        for row in rows
    ]
    return sorted(without, key=canonical)


def has_field_of_load(rows: Json) -> bool:
    """Tell whether rows have fields that differ from load to load."""
    return _plain(rows) != rows


def _same(one: Json, other: Json, where: str, what: str) -> None:
    one, other = _plain(one), _plain(other)
    if canonical(one) == canonical(other):
        return
    if isinstance(one, dict) and isinstance(other, dict):
        for name in sorted(one.keys() | other.keys()):
            if name not in one or name not in other:
                raise RefusedError(f"{what} differs: only one of them has {name[:_LONGEST]}", where)
        name = next(name for name in one if canonical(one[name]) != canonical(other[name]))
        where, what, one, other = f"{where}/{name}", f"{what} differs in {name}", one[name], other[name]
    else:
        what = f"{what} differs"
    raise RefusedError(f"{what}: the answer has {_told(one)}, asked again it is {_told(other)}", where)


def _plain(value: Json) -> Json:
    """Return a value without the fields that tell of the load."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items() if name not in OF_ONE_LOAD}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def _told(value: Json) -> str:
    text = canonical(value).decode()
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
