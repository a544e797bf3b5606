"""Loading CTID's mappings."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.server.connection import Graph
from loaders.evidence.load import SetReport, load_set, refuse_conflict, refuse_rejected
from loaders.formats.ctid.collection import read_ctid
from loaders.formats.ctid.rows import ctid_rows
from loaders.reading.one_file import USUAL, Limits
from loaders.reading.problems import Problem
from loaders.terms import USUAL_TERMS, Terms


@dataclass(frozen=True, slots=True)
class CtidReport:
    """What loading mapping files did.

    Attributes:
        sets: one report for each set, in the order of loading.
        problems: files that are no mappings, and so belong to no set.
    """

    sets: tuple[SetReport, ...]
    problems: tuple[Problem, ...]


def load_ctid(
    graph: Graph,
    paths: Sequence[str],
    *,
    set_name: str | None = None,
    set_version: str | None = None,
    terms: Terms = USUAL_TERMS,
    limits: Limits = USUAL,
) -> CtidReport:
    """Load every mapping set under `paths`, each in a transaction of its own; all are read before one is loaded.

    Args:
        graph: where to.
        paths: files, folders and .zip archives, of either format.
        set_name: of the set, where the paths make one set only.
        set_version: of that set.
        terms: how; `strict` refuses everything when any row or file is rejected.
        limits: how much may be read from each path.

    Raises:
        InputRejectedError: a path holds no mapping; something is rejected and `strict`; other content is loaded
            under the key of one of the sets. Nothing is loaded then.
        UsageError: a name or version is given for several sets.
    """
    read = read_ctid(paths, name=set_name, version=set_version, limits=limits)
    refuse_rejected(read.problems, strict=terms.strict)
    rows = [ctid_rows(each) for each in read.sets]
    for each in rows:
        refuse_rejected(each.problems, strict=terms.strict)
        refuse_conflict(graph, each, replace=terms.replace)
    reports = [load_set(graph, each, terms) for each in rows]
    return CtidReport(tuple(reports), read.problems)
