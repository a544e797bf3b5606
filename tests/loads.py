"""Loading in one call, as tests want it."""

from collections.abc import Sequence

from graph.holding.annotations import ANNOTATIONS
from graph.holding.environments import ENVIRONMENT
from graph.holding.publish import remove
from graph.holding.releases import RELEASE
from graph.holding.sets import EVIDENCE
from graph.holding.writer import DEFAULT_WAIT
from graph.server.connection import Graph
from loaders.formats import Naming, Source
from loaders.loading import Loaded, load_source
from loaders.reading.one_file import SourceFile
from loaders.report import LoadReport
from loaders.terms import USUAL_TERMS, Terms


def only(loaded: Loaded) -> LoadReport:
    (report,) = loaded.reports
    return report


def load_attack(
    graph: Graph, source: SourceFile, *, release: str | None = None, terms: Terms = USUAL_TERMS
) -> LoadReport:
    return only(load_source(graph, "attack", Source.of(source), Naming(release=release), terms))


def load_sigma(
    graph: Graph,
    path: str,
    *,
    set_name: str | None = None,
    set_version: str | None = None,
    alias_files: Sequence[str] = (),
    validate_with: Sequence[str] = (),
    terms: Terms = USUAL_TERMS,
) -> LoadReport:
    options = {"aliases": tuple(alias_files), "validate": tuple(validate_with)}
    return only(
        load_source(graph, "sigma", Source((path,), options=options), Naming(set_name, set_version), terms)
    )


def load_rules(
    graph: Graph,
    word: str,
    path: str,
    *,
    set_name: str | None = None,
    set_version: str | None = None,
    alias_files: Sequence[str] = (),
    terms: Terms = USUAL_TERMS,
) -> LoadReport:
    """Load rules of Elastic, Splunk or Sentinel, which `word` names."""
    source = Source((path,), options={"aliases": tuple(alias_files)})
    return only(load_source(graph, word, source, Naming(set_name, set_version), terms))


def load_ctid(
    graph: Graph,
    paths: Sequence[str],
    *,
    set_name: str | None = None,
    set_version: str | None = None,
    terms: Terms = USUAL_TERMS,
) -> Loaded:
    return load_source(graph, "ctid", Source(tuple(paths)), Naming(set_name, set_version), terms)


def load_detections(
    graph: Graph,
    source: SourceFile,
    *,
    set_name: str | None = None,
    set_version: str | None = None,
    terms: Terms = USUAL_TERMS,
) -> LoadReport:
    return only(load_source(graph, "detections", Source.of(source), Naming(set_name, set_version), terms))


def load_environment(graph: Graph, source: SourceFile, terms: Terms = USUAL_TERMS) -> LoadReport:
    return only(load_source(graph, "environment", Source.of(source), terms=terms))


def load_annotations(
    graph: Graph, source: SourceFile, *, set_name: str | None = None, terms: Terms = USUAL_TERMS
) -> LoadReport:
    return only(load_source(graph, "annotations", Source.of(source), Naming(set_name), terms))


def remove_release(graph: Graph, key: str, *, wait: float = DEFAULT_WAIT) -> None:
    remove(graph, RELEASE, key, wait=wait)


def remove_set(graph: Graph, key: str) -> None:
    remove(graph, EVIDENCE, key)


def remove_environment(graph: Graph, key: str) -> None:
    remove(graph, ENVIRONMENT, key)


def remove_annotations(graph: Graph, key: str) -> None:
    remove(graph, ANNOTATIONS, key)
