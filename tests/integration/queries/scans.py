"""What a built-in question may scan: labels that it lists whole, and of which people load a few by hand."""

from typing import Any

from graph.server.connection import Graph
from queries.catalog import AnyQuestion

LISTED = ("Release", "EvidenceSet", "DetectionSet", "AnnotationSet", "Environment")


def scanned(graph: Graph, question: AnyQuestion, given: dict[str, Any]) -> list[str]:
    """Return the steps of the plan that read all nodes, all relationships, or a label that has an index for it.

    Of a label without nodes the planner rightly prefers a scan.
    """
    steps = graph.explain(question.file.statement, given).plan.walk()
    return [
        f"{step.operator}: {step.details}" for step in steps if _is_scan(graph, step.operator, step.details)
    ]


def _is_scan(graph: Graph, operator: str, details: str) -> bool:
    if "AllNodesScan" in operator or "RelationshipsScan" in operator:
        return True
    label = details.rpartition(":")[2]
    return "ByLabelScan" in operator and label not in LISTED and _held(graph, label)


def _held(graph: Graph, label: str) -> bool:
    return graph.read(f"RETURN EXISTS {{ (:{label}) }} AS held")[0]["held"] is True
