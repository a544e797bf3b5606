"""Annotations: those of one file come and go together."""

from typing import TYPE_CHECKING

from graph.holding.change import Reselected
from graph.holding.kind import Kind, Texts
from graph.holding.removal import sweep

if TYPE_CHECKING:
    from graph.holding.writer import Writer


def settle(writer: "Writer", texts: Texts) -> tuple[Reselected, ...]:
    """Delete the identifiers and log sources that nothing reaches any more."""
    del texts
    sweep(writer)
    return ()


ANNOTATIONS = Kind(
    word="annotation set",
    label="AnnotationSet",
    listed="`sightline annotations` lists them",
    otherwise="use --replace to replace it, or another --set NAME",
    settle=settle,
)
