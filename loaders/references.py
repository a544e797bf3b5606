"""What a record states about other things: references, found by named rules that are pure functions of one record.

Loaders make relationships of them; a proof applies the same rule to the same record again, without the bundle,
the set or the graph. That an end exists is not a rule's business: it names the end as the record does.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from graph.holding.rows import Properties

Body = Mapping[str, Any]
"""The parsed value of a record: a STIX object, a rule, a mapping row."""


class Reference(NamedTuple):
    """One statement of a record about another thing.

    Attributes:
        start: what states it, by the name that the rule gives its start (a STIX id, a rule's id).
        end: what it is about, as written, in the form that `Rule.names` returns for the record at the end.
        pointer: where in the record (JSON pointer, RFC 6901); "" for all of it.
        properties: what the statement adds; {} for nothing.
        type: of the relationship.
        rule: name of the rule that found it.
    """

    start: str
    end: str
    pointer: str
    type: str
    rule: str
    properties: "Properties"


class Oddity(NamedTuple):
    """A place where a record should state something and does not.

    Attributes:
        pointer: where in the record (JSON pointer).
        message: what is wrong.
        code: stable code, as in `Problem`.
    """

    pointer: str
    message: str
    code: str


Finding = Reference | Oddity


class Rule(NamedTuple):
    """A rule by which relationships follow from a record.

    Attributes:
        name: stable code in kebab case, which proofs name.
        type: of the relationship.
        starts: labels of the nodes whose records it reads.
        ends: labels of the nodes that it leads to.
        states: what it says, in one sentence.
        find: yields what one record states by this rule, and what is odd about it.
        names: returns how references of this rule may name a record at their end, given its body and the domain of
            its release; None where no record is at the end (a log source, an identifier).
    """

    name: str
    type: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    states: str
    find: Callable[[Body], Iterator[Finding]]
    names: Callable[[Body, str], Collection[str]] | None = None

    def references(self, body: Body) -> Iterator[Reference]:
        """Yield what `body` states by this rule; what is odd is left out."""
        return (found for found in self.find(body) if isinstance(found, Reference))

    def leads(self, start: Body, end: Body, domain: str = "") -> bool:
        """Tell whether the record `start` states a relationship with the record `end`.

        Args:
            start: body of the record at the start.
            end: body of the record at the end.
            domain: of the release of `end`: a tactic of the releases before 11 does not state its own.
        """
        known = self.names(end, domain) if self.names else ()
        return any(found.end in known for found in self.references(start))
