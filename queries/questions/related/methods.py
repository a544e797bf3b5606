"""Related techniques: one question per method, and the plain Jaccards that the methods build on."""

from dataclasses import dataclass

from queries.params import OfObject
from queries.spec import Question


@dataclass(frozen=True, slots=True)
class Relation:
    """Another technique, by one method.

    Attributes:
        score: 0 to 1, comparable within one method only.
        shared: how many things both have; `shared_with` names them.
        out_of: how many things either has, where the score is a plain Jaccard.
        low_support: a side has fewer than three users, so that the score rests on little.
    """

    release: str
    technique_id: str
    technique: str
    method: str
    score: float
    shared: int
    shared_with: tuple[str, ...]
    out_of: int | None
    low_support: bool


METHODS = {
    name: Question(f"related.{name}", OfObject, Relation)
    for name in (
        "structural",
        "telemetry",
        "actor",
        "mitigation",
        "evidence",
    )
}
"""The methods that are ranked and fused, in the order of the answers. A method is one .cypher file and one line."""

COMPONENTS = Question("related.components", OfObject, Relation)
LOG_SOURCE_NAMES = Question("related.log-source-names", OfObject, Relation)
LOG_SOURCES = Question("related.log-sources", OfObject, Relation)
