"""ATT&CK as a check needs it: what an id means, what a technique runs on and achieves, how tactics were called."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from graph.errors import NotFoundError
from loaders.formats.attack.bundle import Bundle, number
from loaders.formats.attack.objects import AttackObject
from loaders.formats.attack.references import phase_names, phases
from loaders.formats.attack.resolution import Resolution, resolve

_DOMAINS = ("enterprise-attack", "mobile-attack", "ics-attack")


@dataclass(frozen=True, slots=True)
class Technique:
    """A live technique.

    Attributes:
        attack_id, name: its own.
        platforms: as the release states them.
        tactics: STIX ids of those that it achieves.
    """

    attack_id: str
    name: str
    platforms: frozenset[str]
    tactics: frozenset[str]


@dataclass(frozen=True, slots=True)
class Dead:
    """What an id was that means nothing any more: revoked without one successor, or deprecated."""

    name: str
    revoked: bool


class Official(Protocol):
    """One release, as far as a check asks it."""

    @property
    def key(self) -> str:
        """Such as `enterprise-attack@19.1`."""

    @property
    def domain(self) -> str:
        """Such as `enterprise-attack`."""

    @property
    def version(self) -> str:
        """Such as `19.1`."""

    @property
    def rank(self) -> tuple[int, int, bool]:
        """Orders the releases of a domain."""

    @property
    def techniques(self) -> Sequence[str]:
        """Every id that means a live technique."""

    @property
    def tactics(self) -> Mapping[str, frozenset[str]]:
        """Shortname -> STIX ids of the live tactics of that name."""

    @property
    def names_of_tactics(self) -> Mapping[str, str]:
        """STIX id -> `TA0005 stealth`."""

    def dead(self, attack_id: str) -> Dead | None:
        """Return what an id was that means nothing any more; None where it means something or was never there."""

    def replaced_by(self, attack_id: str) -> Iterable[str]:
        """Return the ids that one replaces."""

    def technique(self, attack_id: str) -> Technique | None:
        """Return the live technique that an id means here; None where it means none."""


class BundleOfficial:
    """One release, read from its bundle."""

    def __init__(self, bundle: Bundle, version: str) -> None:
        self.domain = bundle.domain
        self.version = version
        self._bundle = bundle
        self._objects = {each.stix_id: each for each in bundle.objects}

    @property
    def key(self) -> str:
        """Such as `enterprise-attack@19.1`."""
        return f"{self.domain}@{self.version}"

    @property
    def rank(self) -> tuple[int, int, bool]:
        """Orders the releases of a domain."""
        return number(self.version)

    @cached_property
    def techniques(self) -> Sequence[str]:
        """Every id that means a live technique."""
        return [each for each in self._resolutions if self.technique(each) is not None]

    @cached_property
    def _resolutions(self) -> Mapping[str, Resolution]:
        """Each id that means one live object -> what it means (docs/model.md, "Resolving an identifier")."""
        return {each.attack_id: each for each in resolve(self._bundle.objects, self._bundle.relationships)}

    @cached_property
    def _techniques(self) -> Mapping[str, AttackObject]:
        """Each id that a technique has -> one of them, dead ones included."""
        return {
            each.attack_id: each
            for each in self._bundle.objects
            if each.attack_id and each.label == "Technique"
        }

    @cached_property
    def tactics(self) -> Mapping[str, frozenset[str]]:
        """Shortname -> STIX ids of the tactics of that name."""
        found: dict[str, set[str]] = {}
        for each in self._of_label("Tactic"):
            found.setdefault(str(each.properties.get("shortname")), set()).add(each.stix_id)
        return {name: frozenset(ids) for name, ids in found.items()}

    @cached_property
    def names_of_tactics(self) -> Mapping[str, str]:
        """STIX id -> `TA0005 stealth`."""
        return {
            each.stix_id: f"{each.attack_id} {each.properties.get('shortname')}"
            for each in self._of_label("Tactic")
        }

    @cached_property
    def _phases(self) -> Mapping[str, str]:
        """`kill_chain_name/phase_name` -> STIX id of the tactic."""
        return {
            phase: each.stix_id
            for each in self._of_label("Tactic")
            for phase in phase_names(
                each.body.get("x_mitre_shortname"), each.body.get("x_mitre_domains") or [self.domain]
            )
        }

    def _of_label(self, label: str) -> Iterable[AttackObject]:
        return (each for each in self._bundle.objects if each.label == label and each.live)

    def dead(self, attack_id: str) -> Dead | None:
        """Return what an id was that means nothing any more."""
        known = self._techniques.get(attack_id)
        if known is None or attack_id in self._resolutions:
            return None
        return Dead(str(known.properties.get("name")), revoked=bool(known.properties.get("revoked")))

    def replaced_by(self, attack_id: str) -> Iterator[str]:
        """Yield the ids that one replaces."""
        for old, resolution in self._resolutions.items():
            if resolution.via != "direct" and resolution.hops[-1] == attack_id:
                yield old

    def technique(self, attack_id: str) -> Technique | None:
        """Return the live technique that an id means here; None where it means none."""
        found = self._resolutions.get(attack_id)
        if found is None or self._objects[found.stix_id].label != "Technique":
            return None
        meant = self._objects[found.stix_id]
        named = (f"{chain}/{name}" for chain, name in phases(meant.body))
        platforms = meant.properties.get("platforms")
        return Technique(
            attack_id=str(meant.attack_id),
            name=str(meant.properties.get("name")),
            platforms=frozenset(map(str, platforms)) if isinstance(platforms, list) else frozenset(),
            tactics=frozenset(self._phases[phase] for phase in named if phase in self._phases),
        )


@dataclass(frozen=True, slots=True)
class Shelf:
    """The releases that a check has.

    Attributes:
        asked: the one of each domain that rules are held against.
        others: the rest.
    """

    asked: tuple[Official, ...]
    others: tuple[Official, ...]

    @property
    def every(self) -> tuple[Official, ...]:
        """All of them, those that are asked first."""
        return (*self.asked, *self.others)

    def meaning(self, attack_id: str) -> tuple[Official, Technique] | None:
        """Return what an id means in the first of the asked releases in which it means something."""
        for release in self.asked:
            technique = release.technique(attack_id)
            if technique is not None:
                return release, technique
        return None


def shelf(releases: Sequence[Official], wanted: str | None = None) -> Shelf:
    """Return the releases with the newest of each domain in front, or the one that is wanted.

    Args:
        releases: what was read.
        wanted: such as `18.1` or `ics-attack@18.1`.

    Raises:
        NotFoundError: none of them is the wanted one.
    """
    ordered = sorted(releases, key=lambda each: (_DOMAINS.index(each.domain), each.rank), reverse=True)
    if wanted is not None:
        matching = [each for each in ordered if wanted in (each.version, each.key)]
        if not matching:
            given = ", ".join(each.key for each in ordered)
            raise NotFoundError("no such release among the bundles", where=wanted, todo=f"given: {given}")
        ordered = [*matching, *(each for each in ordered if each not in matching)]
    newest: dict[str, Official] = {}
    for each in ordered:
        newest.setdefault(each.domain, each)
    asked = tuple(sorted(newest.values(), key=lambda each: _DOMAINS.index(each.domain)))
    return Shelf(asked, tuple(each for each in ordered if each not in asked))
