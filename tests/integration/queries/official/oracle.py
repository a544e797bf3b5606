"""What the answers must be, worked out by walking the published JSON with plain dictionaries.

Independent of the product on purpose: no graph, no Cypher, and none of the loader's code.
"""

import csv
import gzip
import json
import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

Object = dict[str, Any]
SOURCES = {"mitre-attack", "mitre-mobile-attack", "mitre-ics-attack"}
USERS = ("intrusion-set", "campaign", "malware", "tool")


def attack_id(each: Object) -> str | None:
    """The identifier that ATT&CK itself gives."""
    for reference in each.get("external_references", []):
        if reference.get("source_name") in SOURCES:
            return str(reference["external_id"])
    return None


def live(each: Object) -> bool:
    return not each.get("revoked") and not each.get("x_mitre_deprecated")


def folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def jaccards(of: str, sets: Mapping[str, set[str]], *, least: int) -> dict[str, tuple[int, int]]:
    """Other -> (shared, either), for those that share at least `least`."""
    mine = sets[of]
    shared = {
        other: (len(mine & theirs), len(mine | theirs)) for other, theirs in sets.items() if other != of
    }
    return {other: pair for other, pair in shared.items() if pair[0] >= least}


class Release:
    """One published bundle."""

    def __init__(self, path: Path) -> None:
        self.objects: list[Object] = json.loads(gzip.decompress(path.read_bytes()))["objects"]
        self.by_id = {each["id"]: each for each in self.objects}

    def of_type(self, *types: str) -> list[Object]:
        """Live objects of some STIX types."""
        return [each for each in self.objects if each["type"] in types and live(each)]

    def linked(self, kind: str) -> list[tuple[Object, Object]]:
        """(source, target) of each relationship object of a kind whose ends are there."""
        pairs = [
            (self.by_id.get(each["source_ref"]), self.by_id.get(each["target_ref"]))
            for each in self.objects
            if each["type"] == "relationship" and each["relationship_type"] == kind and live(each)
        ]
        return [(start, end) for start, end in pairs if start is not None and end is not None]

    @cached_property
    def techniques(self) -> dict[str, Object]:
        """Live techniques by attack id."""
        return {str(attack_id(each)): each for each in self.of_type("attack-pattern")}

    @cached_property
    def analytics(self) -> dict[str, list[Object]]:
        """Attack id of a live technique -> its analytics."""
        found: dict[str, list[Object]] = defaultdict(list)
        for strategy, technique in self.linked("detects"):
            if strategy["type"] == "x-mitre-detection-strategy" and live(technique):
                found[str(attack_id(technique))] += [
                    self.by_id[ref] for ref in strategy["x_mitre_analytic_refs"]
                ]
        return found

    @cached_property
    def components(self) -> dict[str, set[str]]:
        """Attack id of a live technique -> stix ids of the components that show it."""
        found: dict[str, set[str]] = defaultdict(set)
        for start, technique in self.linked("detects"):
            if start["type"] == "x-mitre-data-component":
                found[str(attack_id(technique))].add(start["id"])
        for technique_id, analytics in self.analytics.items():
            found[technique_id] |= {ref["x_mitre_data_component_ref"] for ref in self._references(analytics)}
        return found

    @cached_property
    def folded_names(self) -> dict[str, set[str]]:
        """Attack id of a live technique -> folded names of the log sources that its analytics read."""
        return {
            technique_id: {folded(ref["name"]) for ref in self._references(analytics)}
            for technique_id, analytics in self.analytics.items()
        }

    def neighbors(self, kind: str, *types: str) -> dict[str, set[str]]:
        """Attack id of a live technique -> stix ids of live objects of `types` that have `kind` to it."""
        found: dict[str, set[str]] = defaultdict(set)
        for start, end in self.linked(kind):
            if start["type"] in types and live(start) and live(end) and end["type"] == "attack-pattern":
                found[str(attack_id(end))].add(start["id"])
        return found

    def tactics(self) -> dict[str, int]:
        """Shortname -> live techniques."""
        found: dict[str, int] = defaultdict(int)
        for technique in self.techniques.values():
            for phase in technique["kill_chain_phases"]:
                found[phase["phase_name"]] += 1
        return found

    def platforms(self) -> dict[str, int]:
        """Platform -> live techniques."""
        found: dict[str, int] = defaultdict(int)
        for technique in self.techniques.values():
            for platform in technique.get("x_mitre_platforms", []):
                found[platform] += 1
        return found

    def telemetry(self, of: str) -> dict[str, float]:
        """Other technique -> weighted Jaccard, as docs/queries.md words it."""
        names = canonical_names()
        traces = {
            technique_id: {("log", names[name]) for name in self.folded_names.get(technique_id, set())}
            | {("component", each) for each in self.components.get(technique_id, set())}
            for technique_id in self.techniques
        }
        weights = self._weights(traces.values())
        shared = {other: traces[of] & theirs for other, theirs in traces.items() if other != of}
        return {
            other: sum(map(weights.__getitem__, both))
            / sum(map(weights.__getitem__, traces[of] | traces[other]))
            for other, both in shared.items()
            if len(both) >= 2
        }

    def _weights(self, sets: Iterable[set[tuple[str, str]]]) -> dict[tuple[str, str], float]:
        uses: dict[tuple[str, str], int] = defaultdict(int)
        for each in sets:
            for trace in each:
                uses[trace] += 1
        return {trace: math.log(len(self.techniques) / n) for trace, n in uses.items()}

    def _references(self, analytics: Iterable[Object]) -> list[Object]:
        return [ref for each in analytics for ref in each.get("x_mitre_log_source_references", [])]


def canonical_names() -> dict[str, str]:
    """Folded name -> canonical name, read from the table itself."""
    with files("loaders.tables").joinpath("attack-log-sources.csv").open(encoding="utf-8") as table:
        return {folded(row["name"]): row["canonical"] for row in csv.DictReader(table)}
