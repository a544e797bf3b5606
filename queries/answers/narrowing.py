"""Which techniques an answer that counts techniques is about: of a tactic, used by somebody, of a list."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.errors import NotFoundError
from queries.ask import Asked, ask
from queries.params import OfObject, OfRelease
from queries.questions.lookup.questions import NEIGHBORS, TACTICS


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a person narrows an answer to; a technique has to meet all that is given.

    Attributes:
        tactic: its id, short name or name.
        platform: as ATT&CK writes it.
        used_by: a group, campaign or software, whose own techniques count, not those of software that it uses.
        techniques: identifiers; None where no list is given.
    """

    tactic: str | None = None
    platform: str | None = None
    used_by: str | None = None
    techniques: frozenset[str] | None = None

    @property
    def names_techniques(self) -> bool:
        """Whether techniques are chosen, by whatever but their platform."""
        return bool(self.tactic or self.used_by) or self.techniques is not None

    def is_on(self, *platforms: str | None) -> bool:
        """Tell whether one of the platforms is the wanted one, in any case; each is, where none is named."""
        if not self.platform:
            return True
        return self.platform.casefold() in {(each or "").casefold() for each in platforms}

    @property
    def told(self) -> str:
        """What is given, in words; "" for nothing."""
        return ", ".join(self._told())

    def _told(self) -> Iterator[str]:
        if self.tactic:
            yield f"tactic {self.tactic}"
        if self.platform:
            yield f"platform {self.platform}"
        if self.used_by:
            yield f"used by {self.used_by}"
        if self.techniques is not None:
            yield f"a list of {len(self.techniques)} techniques"


EVERYTHING = Narrowing()
"""No narrowing."""


def wanted(graph: Asked, release: str, narrowing: Narrowing) -> frozenset[str] | None:
    """Return the identifiers of the techniques that `narrowing` leaves; None for all. Platforms are not looked at.

    Raises:
        NotFoundError: the release has no such tactic or user.
    """
    left = narrowing.techniques
    for found in (_of_tactic(graph, release, narrowing.tactic), _of_user(graph, release, narrowing.used_by)):
        if found is not None:
            left = found if left is None else left & found
    return left


def _of_tactic(graph: Asked, release: str, name: str | None) -> frozenset[str] | None:
    return None if name is None else _beside(graph, release, tactic_id(graph, release, name), "ACHIEVES")


def tactic_id(graph: Asked, release: str, name: str) -> str:
    """Return the identifier of a tactic that is called by its id, short name or name.

    Raises:
        NotFoundError: the release has no such tactic.
    """
    word = name.strip().casefold()
    for tactic in ask(graph, TACTICS, OfRelease(release)):
        if word in {tactic.tactic_id.casefold(), tactic.shortname.casefold(), tactic.tactic.casefold()}:
            return tactic.tactic_id
    raise NotFoundError(
        f"no such tactic in {release}", where=name, todo="list them with `sightline coverage --by tactic`"
    )


def _of_user(graph: Asked, release: str, name: str | None) -> frozenset[str] | None:
    if name is None:
        return None
    found = _beside(graph, release, name, "USES")
    if not found:
        raise NotFoundError(
            f"nobody of this id uses a technique in {release}",
            where=name,
            todo="find one with `sightline search TEXT`",
        )
    return found


def _beside(graph: Asked, release: str, attack_id: str, relationship: str) -> frozenset[str]:
    """Return the live techniques at the other end of a relationship."""
    rows = ask(graph, NEIGHBORS, OfObject(release, attack_id))
    return frozenset(
        row.attack_id
        for row in rows
        if row.relationship == relationship and row.type == "Technique" and row.live and row.attack_id
    )
