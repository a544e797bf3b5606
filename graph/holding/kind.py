"""What is loaded, replaced and removed as a whole, and how its kinds differ."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.holding.change import Reselected
from graph.holding.rows import Batch, Nodes, Properties

if TYPE_CHECKING:
    from graph.holding.writer import Writer

Texts = Mapping[str, str]
"""SHA-256 -> text of the records that a load brings."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of whole: release, evidence set, environment, annotations.

    Attributes:
        word: what a person calls it.
        label: of the node that owns everything: its records (HAS_RECORD), problems (HAS_PROBLEM) and parts
            (CONTAINS).
        listed: which command lists what is loaded.
        otherwise: what to do where other content is loaded under the key.
        settle: puts right what depends on which wholes of this kind are loaded, after one came or went; takes the
            records at hand, and returns what that changed in environments.
        besides: statements that delete what is neither record, problem nor part; they take `$key`.
    """

    word: str
    label: str
    listed: str
    otherwise: str
    settle: Callable[["Writer", Texts], tuple[Reselected, ...]]
    besides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Whole:
    """A release, set, environment or file of annotations as rows, ready to be published.

    Attributes:
        kind: which it is.
        label: of its node: the kind's, or one that the kind's is the base of.
        properties: of its node, `key` and `content_root` among them; the load's stamp is added.
        batches: what hangs on it, nodes first, then relationships.
        source: where it was read from, as the user named it.
        digests: id -> SHA-256 of the record of each of its parts, for what has parts that are told apart.
        renew: relationships that are made anew even where the same content is loaded, in the same transaction; it
            removes those of before itself.
    """

    kind: Kind
    label: str
    properties: Properties
    batches: tuple[Batch, ...]
    source: str
    digests: Mapping[str, str] | None = None
    renew: Callable[["Writer"], None] | None = None

    @property
    def key(self) -> str:
        """What it is loaded under."""
        return str(self.properties["key"])

    @property
    def content_root(self) -> str:
        """Merkle root over its records, in hex."""
        return str(self.properties["content_root"])

    @property
    def texts(self) -> Texts:
        """Its records by their SHA-256."""
        return {
            str(row["sha256"]): str(row["text"])
            for batch in self.batches
            if isinstance(batch, Nodes) and batch.label == "Raw"
            for row in batch.rows
        }
