"""Loading Sigma rules."""

from collections.abc import Sequence

from graph.connection import Graph
from loaders.evidence_load import SetReport, load_set
from loaders.sigma.collection import read_sigma
from loaders.sigma.rows import sigma_rows
from loaders.source import USUAL, Limits, read_file
from loaders.tables.aliases import aliases
from loaders.terms import USUAL_TERMS, Terms


def load_sigma(
    graph: Graph,
    path: str,
    *,
    set_name: str | None = None,
    set_version: str | None = None,
    alias_files: Sequence[str] = (),
    terms: Terms = USUAL_TERMS,
    limits: Limits = USUAL,
) -> SetReport:
    """Load the rules under `path` (folder, .zip, file) as one set, in one transaction.

    Args:
        graph: where to.
        path: where the rules are.
        set_name: of the set, where the path does not say.
        set_version: of the set, where the path does not say.
        alias_files: the user's rows for the log-source tables.
        terms: how.
        limits: how much may be read.

    Raises:
        InputRejectedError: no rule can be taken; rules are rejected and `strict`; other content is loaded under
            its key.
        UsageError: no version is given and the path does not state one.
    """
    tables = aliases(read_file(each, limits) for each in alias_files)
    read = read_sigma(path, name=set_name, version=set_version, tables=tables, limits=limits)
    rows = sigma_rows(read, tables)
    return load_set(graph, rows, terms)
