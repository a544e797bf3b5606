"""A release of ATT&CK as its bundle states it."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

Body = dict[str, Any]
PLATFORMS = Path(__file__).parents[2] / "loaders" / "tables" / "platforms.csv"


@dataclass(frozen=True)
class Meaning:
    """The technique that an identifier means in a release, and the identifiers walked."""

    technique: Body
    hops: tuple[str, ...]

    @property
    def via(self) -> str:
        return "direct" if len(self.hops) == 1 else "revoked-by"


class Release:
    """One bundle of enterprise, in a version such as 18.1."""

    def __init__(self, version: str, data: bytes) -> None:
        self.version = version
        self.key = f"enterprise-attack@{version}"
        self.objects: list[Body] = json.loads(data)["objects"]
        self.by_id = {each["id"]: each for each in self.objects}

    def of_type(self, stix_type: str) -> list[Body]:
        return [each for each in self.objects if each["type"] == stix_type]

    @cached_property
    def techniques(self) -> list[Body]:
        """Those that are neither revoked nor deprecated."""
        return [each for each in self.of_type("attack-pattern") if is_active(each)]

    def tied(self, kind: str) -> Iterator[tuple[Body, Body]]:
        """Yield the two ends of each relationship of a kind."""
        for each in self.of_type("relationship"):
            if each["relationship_type"] == kind:
                yield self.by_id[each["source_ref"]], self.by_id[each["target_ref"]]

    def meaning(self, attack_id: str) -> Meaning | None:
        """Return what an identifier means: one active technique, or the one at the end of revoked ones."""
        named = [each for each in self.of_type("attack-pattern") if attack_id_of(each) == attack_id]
        active = [each for each in named if is_active(each)]
        if active:
            return Meaning(active[0], (attack_id,)) if len(active) == 1 else None
        ends: dict[str, Meaning] = {}
        for each in named:
            if each.get("revoked"):
                ends |= {end.technique["id"]: end for end in self._ends(each, ())}
        return next(iter(ends.values())) if len(ends) == 1 else None

    def _ends(self, start: Body, walked: tuple[str, ...]) -> Iterator[Meaning]:
        hops = (*walked, attack_id_of(start))
        if is_active(start):
            yield Meaning(start, hops)
            return
        for old, new in self.tied("revoked-by"):
            if old is start and attack_id_of(new) not in hops:
                yield from self._ends(new, hops)

    def tactics(self, technique: Body) -> list[Body]:
        """Return the tactics that a technique's phases name."""
        names = {phase["phase_name"] for phase in technique.get("kill_chain_phases", [])}
        return [each for each in self.of_type("x-mitre-tactic") if each["x_mitre_shortname"] in names]

    def analytics(self, technique: Body) -> list[Body]:
        """Return the active analytics of the active strategies that detect a technique, each once."""
        refs: dict[str, None] = {}
        for strategy, about in self.tied("detects"):
            if (
                about is technique
                and strategy["type"] == "x-mitre-detection-strategy"
                and is_active(strategy)
            ):
                refs |= dict.fromkeys(strategy["x_mitre_analytic_refs"])
        return [self.by_id[ref] for ref in refs if is_active(self.by_id[ref])]

    def components(self, technique: Body) -> list[Body]:
        """Return the active components that detect a technique, as up to 17."""
        found = [
            start
            for start, about in self.tied("detects")
            if about is technique and start["type"] == "x-mitre-data-component" and is_active(start)
        ]
        return list({each["id"]: each for each in found}.values())

    def names_here(self, platforms: Iterable[str]) -> list[str]:
        """Return the names that this release has for platforms: those that only others have are left out."""
        return [name for name in platforms if name not in self.names_elsewhere]

    @cached_property
    def names_elsewhere(self) -> set[str]:
        number = _number(self.version)
        return {
            row["name"]
            for row in platform_rows()
            if not (
                (not row["first"] or _number(row["first"]) <= number)
                and (not row["last"] or number <= _number(row["last"]))
            )
        }


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


@cache
def platform_rows() -> tuple[dict[str, str], ...]:
    """Return the table of what platforms are called over time."""
    with PLATFORMS.open(encoding="utf-8", newline="") as file:
        return tuple(row for row in csv.DictReader(file) if row["domain"] == "enterprise-attack")


def names_over_time(platforms: Iterable[str], watched: str) -> list[str]:
    """Return platforms with what they are called in other releases, as far as what is watched decides it."""
    found = list(platforms)
    for name in list(found):
        found += [row["became"] for row in platform_rows() if row["name"] == name and row["became"]]
    for name in list(found):
        for row in platform_rows():
            if row["became"] == name and (not row["watched"] or watched in row["watched"].split(";")):
                found.append(row["name"])
    return list(dict.fromkeys(found))


def is_active(each: Body) -> bool:
    return not each.get("revoked") and not each.get("x_mitre_deprecated")


def attack_id_of(each: Body) -> str:
    return next(
        str(reference["external_id"])
        for reference in each.get("external_references", [])
        if reference["source_name"] == "mitre-attack"
    )


def platforms_of(each: Body) -> list[str]:
    """Return the platforms that an object states: trimmed, each once, `None` for none."""
    names = dict.fromkeys(name.strip() for name in each.get("x_mitre_platforms", []))
    return [name for name in names if name and name != "None"]
