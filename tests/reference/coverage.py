"""What can detect it: the library of docs/semantics.md, as rows of the built-in questions."""

from collections.abc import Callable, Iterable
from typing import Any

from tests.reference.library import Claimed, Library
from tests.reference.official import Body, Release, attack_id_of, platforms_of

Row = dict[str, Any]
STATES = ("covered", "unplaced", "off_platform", "protect_only", "guidance_only", "none")
OF_PAIRS = ("covered", "unplaced", "protect_only", "guidance_only", "none")


def pairs(library: Library, release: Release) -> list[Row]:
    """The state of each technique on each of its platforms."""
    return [
        {
            "release": release.key,
            "technique_id": attack_id_of(technique),
            "technique": technique["name"],
            "tactics": shortnames(release, technique),
            "platform": platform,
            "state": state(library, release, technique, platform),
        }
        for technique in release.techniques
        for platform in places(technique)
    ]


def places(technique: Body) -> list[str | None]:
    """Return the platforms of a technique; None alone where ATT&CK states none."""
    return list(platforms_of(technique)) or [None]


def shortnames(release: Release, technique: Body) -> list[str]:
    return sorted(each["x_mitre_shortname"] for each in release.tactics(technique))


def counted(claims: Iterable[Claimed]) -> list[Claimed]:
    """Return the claims that count and state something."""
    return [each for each in claims if each.claim.counted and each.claim.category]


def state(
    library: Library, release: Release, technique: Body, platform: str | None, *, all_sets: bool = False
) -> str:
    """Return the state of a technique on a platform: the best that applies."""
    claims = counted(library.on(release, technique, all_sets=all_sets))
    detect = [each for each in claims if each.claim.category == "detect"]
    other = [each for each in claims if each.claim.category != "detect"]

    def here(each: Claimed) -> bool:
        return platform is None or platform in each.on

    if any(here(each) for each in detect):
        return "covered"
    if any(not each.on for each in detect):
        return "unplaced"
    if any(here(each) or not each.on for each in other):
        return "protect_only"
    return "guidance_only" if guidance(release, technique, platform) else "none"


def guidance(release: Release, technique: Body, platform: str | None) -> int:
    """Return how many analytics for a platform, or components, ATT&CK has for a technique."""
    analytics = [
        each for each in release.analytics(technique) if platform is None or platform in platforms_of(each)
    ]
    return len(analytics) + len(release.components(technique))


def best(library: Library, release: Release, technique: Body) -> str:
    """Return the state of a technique: the best of its rows, with that of other platforms."""
    found = [state(library, release, technique, platform) for platform in places(technique)]
    claims = counted(library.on(release, technique))
    if platforms_of(technique) and any(
        each.claim.category == "detect" and each.on and not set(each.on) & set(platforms_of(technique))
        for each in claims
    ):
        found.append("off_platform")
    return min(found, key=STATES.index)


def covered_on(library: Library, release: Release, technique: Body) -> int:
    return sum(state(library, release, technique, platform) == "covered" for platform in places(technique))


def by_technique(library: Library, release: Release) -> list[Row]:
    """The state of each technique, and its evidence by category."""
    return [
        {
            "release": release.key,
            "technique_id": attack_id_of(technique),
            "technique": technique["name"],
            "tactics": shortnames(release, technique),
            "state": best(library, release, technique),
            "platforms": len(places(technique)),
            "platforms_covered": covered_on(library, release, technique),
            **tally(counted(library.on(release, technique))),
        }
        for technique in release.techniques
    ]


def tally(claims: list[Claimed]) -> Row:
    """Return how many pieces claim each category; one identity counts once."""
    found: dict[tuple[str, str | None], list[Claimed]] = {}
    for each in claims:
        found.setdefault((each.piece.identity, each.claim.category), []).append(each)
    row = dict.fromkeys(("detect", "protect", "respond", "mitigate", "migrated"), 0)
    for (_, category), same in found.items():
        pieces = max(each.piece.pieces for each in same)
        row[str(category)] += pieces
        if all(len(each.meaning.hops) > 1 for each in same):
            row["migrated"] += pieces
    return row


def by_platform(library: Library, release: Release) -> list[Row]:
    """The pairs of each platform by state."""
    rows: dict[str | None, Row] = {}
    for pair in pairs(library, release):
        empty = {
            "release": release.key,
            "platform": pair["platform"],
            "pairs": 0,
            **dict.fromkeys(OF_PAIRS, 0),
        }
        row = rows.setdefault(pair["platform"], empty)
        row["pairs"] += 1
        row[pair["state"]] += 1
    return list(rows.values())


def by_tactic(library: Library, release: Release) -> list[Row]:
    """The techniques of each tactic by state, and their pairs."""
    rows = []
    for tactic in release.of_type("x-mitre-tactic"):
        own = [each for each in release.techniques if tactic in release.tactics(each)]
        if own:
            states = [best(library, release, each) for each in own]
            rows.append(
                {
                    "release": release.key,
                    "tactic_id": attack_id_of(tactic),
                    "tactic": tactic["name"],
                    "techniques": len(own),
                    **{name: states.count(name) for name in STATES},
                    "pairs": sum(len(places(each)) for each in own),
                    "pairs_covered": sum(covered_on(library, release, each) for each in own),
                }
            )
    return rows


# Of one technique ------------------------------------------------------------------------------------------


def technique(library: Library, release: Release, attack_id: str, *, all_sets: bool = False) -> list[Row]:
    """The rows of one technique: its platforms, then what states none, then what runs elsewhere."""
    meaning = release.meaning(attack_id)
    if meaning is None:
        return []
    about = meaning.technique
    claims = counted(library.on(release, about, all_sets=all_sets))
    rows = [_row(release, about, platform, claims) for platform in places(about)]
    for row, platform in zip(rows, places(about), strict=True):
        row["state"] = state(library, release, about, platform, all_sets=all_sets)
    if not platforms_of(about):
        return rows
    unplaced = [each for each in claims if not each.on]
    if unplaced:
        detected = any(each.claim.category == "detect" for each in unplaced)
        rows.append(_beside(release, about, "unplaced", "unplaced" if detected else "protect_only", unplaced))
    off = [each for each in claims if each.on and not set(each.on) & set(platforms_of(about))]
    if any(each.claim.category == "detect" for each in off):
        rows.append(_beside(release, about, "off_platform", "off_platform", off))
    return rows


def _row(release: Release, about: Body, platform: str | None, claims: list[Claimed]) -> Row:
    here = [each for each in claims if platform is None or platform in each.on]
    placement = "unstated" if platform is None else "placed"
    return {
        **_beside(release, about, placement, "", here),
        "platform": platform,
        "guidance": guidance(release, about, platform),
    }


def _beside(release: Release, about: Body, placement: str, state: str, claims: list[Claimed]) -> Row:
    return {
        "release": release.key,
        "technique_id": attack_id_of(about),
        "technique": about["name"],
        "platform": None,
        "placement": placement,
        "state": state,
        "level": None,
        **tally(claims),
        "guidance": 0,
    }


def evidence(library: Library, release: Release, attack_id: str, *, all_sets: bool = False) -> list[Row]:
    """The claims on one technique, those that do not count too: a row for each platform where one is placed."""
    meaning = release.meaning(attack_id)
    if meaning is None:
        return []
    own = platforms_of(meaning.technique)
    return [
        {
            "release": release.key,
            "technique_id": attack_id_of(meaning.technique),
            "platform": platform,
            "placement": placement(each, own),
            "category": each.claim.category,
            "kind": each.piece.kind,
            "id": each.piece.id,
            "title": each.piece.title,
            "set": each.set.key,
            "via": each.meaning.via,
            "pieces": each.piece.pieces,
            "counted": each.claim.counted,
        }
        for each in library.on(release, meaning.technique, all_sets=all_sets)
        for platform in _placed_on(each, own)
    ]


def _placed_on(each: Claimed, platforms: list[str]) -> list[str | None]:
    placed: list[str | None] = [name for name in each.on if name in platforms]
    return placed or [None]


def placement(each: Claimed, platforms: list[str]) -> str:
    """Return how a claim stands to the platforms of its technique."""
    if not platforms:
        return "unstated"
    if not each.on:
        return "unplaced"
    return "placed" if set(each.on) & set(platforms) else "off_platform"


ANSWERS: dict[str, Callable[[Library, Release], list[Row]]] = {
    "coverage.pairs": pairs,
    "coverage.by-technique": by_technique,
    "coverage.by-tactic": by_tactic,
    "coverage.by-platform": by_platform,
}
"""Built-in questions about a whole release -> what they must answer."""
OF_ONE: dict[str, Callable[..., list[Row]]] = {
    "coverage.technique": technique,
    "coverage.evidence": evidence,
}
"""Those about one identifier."""
