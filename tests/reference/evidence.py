"""Evidence as its files state it: rules, mappings and findings, and what they claim."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.reference.official import names_over_time

LOG_SOURCES = Path(__file__).parents[2] / "loaders" / "tables" / "sigma-log-sources.csv"
NOT_COUNTED = ("deprecated", "unsupported", "retired", "in_progress", "non_mappable")
TAG = re.compile(r"attack\.(t[0-9]{4}(?:\.[0-9]{3})?)", re.IGNORECASE)


@dataclass(frozen=True)
class Claim:
    """That a piece of evidence concerns a technique."""

    attack_id: str
    category: str | None
    counted: bool


@dataclass(frozen=True)
class Piece:
    """A piece of evidence.

    Attributes:
        identity: by which it counts once.
        platforms: where it runs, in the names of every release; none where it states none.
        pieces: how many it stands for.
        status: as a rule states it.
        reads: names of log sources of which a rule needs one: its own, and those that our table gives.
    """

    id: str
    identity: str
    kind: str
    title: str | None
    platforms: tuple[str, ...]
    pieces: int
    claims: tuple[Claim, ...]
    status: str | None = None
    reads: tuple[str, ...] = ()


@dataclass(frozen=True)
class EvidenceSet:
    """What one file has."""

    name: str
    version: str
    pieces: tuple[Piece, ...]

    @property
    def key(self) -> str:
        return f"{self.name}@{self.version}"


def sigma(name: str, version: str, data: bytes) -> EvidenceSet:
    """Return the set of a file of Sigma rules."""
    return EvidenceSet(name, version, tuple(_rule(body) for body in yaml.safe_load_all(data)))


def _rule(body: Mapping[str, Any]) -> Piece:
    counts = _counts(body.get("status")) and bool(body["detection"].get("condition"))
    ids = [found[1].upper() for tag in body.get("tags", []) if (found := TAG.fullmatch(tag))]
    stated = tuple(str(body["logsource"].get(each, "")) for each in ("product", "category", "service"))
    return Piece(
        id=body["id"],
        identity=f"sigma/{body['id']}",
        kind="rule",
        title=body["title"],
        platforms=tuple(names_over_time(_listed(stated, "platforms"), stated[0])),
        pieces=1,
        claims=tuple(Claim(attack_id, "detect", counts) for attack_id in dict.fromkeys(ids)),
        status=body.get("status"),
        reads=(f"sigma:{'/'.join(stated)}", *_listed(stated, "log_sources")),
    )


def _listed(stated: tuple[str, ...], column: str) -> list[str]:
    """Return what our table has for one of Sigma's log sources in a column that holds a list."""
    return [each.strip() for each in _rows().get(stated, {column: ""})[column].split(";") if each.strip()]


@cache
def _rows() -> Mapping[tuple[str, ...], dict[str, str]]:
    with LOG_SOURCES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["product"], row["category"], row["service"]): row for row in rows}


def mapping(data: bytes) -> EvidenceSet:
    """Return the set of a mapping of CTID's Mappings Explorer; equal rows are one claim."""
    body = json.loads(data)
    about = body["metadata"]
    name, version = f"ctid-{about['mapping_framework']}", about["mapping_framework_version"].replace("/", ".")
    rows: dict[str, dict[str, Any]] = {}
    for row in body["mapping_objects"]:
        rows.setdefault(json.dumps(row, sort_keys=True), row)
    by_capability: dict[str, list[dict[str, Any]]] = {}
    for row in rows.values():
        by_capability.setdefault(row["capability_id"], []).append(row)
    pieces = tuple(_capability(f"{name}@{version}", id_, own) for id_, own in by_capability.items())
    return EvidenceSet(name, version, pieces)


def _capability(set_key: str, id_: str, rows: list[dict[str, Any]]) -> Piece:
    claims = (
        Claim(row["attack_object_id"], _category(row), _counts(row["status"]))
        for row in rows
        if row.get("attack_object_id")
    )
    title = rows[0]["capability_description"]
    return Piece(id_, f"{set_key}/{id_}", "capability", title, (), 1, tuple(claims))


def _category(row: Mapping[str, Any]) -> str | None:
    return "mitigate" if row["mapping_type"] == "mitigates" else row.get("score_category")


def findings(name: str, data: bytes) -> EvidenceSet:
    """Return the set of a file of native detections; its version is its day."""
    body = yaml.safe_load(data)
    version = str(body["generated"])
    sources = {each["key"]: each for each in body["sources"]}
    key = f"{name}@{version}"
    pieces = (_finding(key, row, sources[row["source"]]) for row in body["detections"])
    return EvidenceSet(name, version, tuple(pieces))


def _finding(set_key: str, row: Mapping[str, Any], source: Mapping[str, Any]) -> Piece:
    counts = _counts(row.get("status"))
    id_ = f"{row['source']}/{row['finding']}"
    return Piece(
        id=id_,
        identity=f"{set_key}/{id_}",
        kind="detection",
        title=row.get("title") or row["finding"],
        platforms=tuple(names_over_time(source.get("platforms", []), source.get("cloud", ""))),
        pieces=row.get("count", 1),
        claims=tuple(Claim(each["id"], "detect", counts) for each in row["techniques"]),
    )


def _counts(status: str | None) -> bool:
    return status is None or status.casefold() not in NOT_COUNTED


def every_claim(sets: Iterator[EvidenceSet]) -> Iterator[tuple[EvidenceSet, Piece, Claim]]:
    """Yield each claim with what states it."""
    for each in sets:
        for piece in each.pieces:
            for claim in piece.claims:
                yield each, piece, claim
