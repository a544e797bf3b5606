"""What is missing: docs/semantics.md, "Missing relationships", as rows of the built-in questions."""

from collections.abc import Callable

from tests.reference.coverage import Row, guidance, places
from tests.reference.library import Claimed, Library
from tests.reference.official import Body, Release, attack_id_of, is_active, platforms_of


def _detecting(library: Library, release: Release) -> list[Claimed]:
    return [
        each for each in library.claims(release) if each.claim.counted and each.claim.category == "detect"
    ]


def _named(kind: str, release: Release, technique: Body) -> Row:
    return {
        "release": release.key,
        "kind": kind,
        "attack_id": attack_id_of(technique),
        "name": technique["name"],
        "detail": ", ".join(platforms_of(technique)),
    }


def unclaimed(library: Library, release: Release) -> list[Row]:
    """Active techniques that no evidence in use claims to detect."""
    claimed = [each.meaning.technique for each in _detecting(library, release)]
    return [
        _named("technique-unclaimed", release, each)
        for each in release.techniques
        if not any(each is other for other in claimed)
    ]


def without_detection(library: Library, release: Release) -> list[Row]:
    """Active techniques for which ATT&CK has no guidance."""
    del library
    return [
        _named("technique-without-detection", release, each)
        for each in release.techniques
        if not guidance(release, each, None)
    ]


def off_platform(library: Library, release: Release) -> list[Row]:
    """Claims of evidence that runs on platforms of which the technique has none."""
    return [
        {
            "release": release.key,
            "kind": "claim-off-platform",
            "attack_id": attack_id_of(each.meaning.technique),
            "name": each.meaning.technique["name"],
            "evidence_id": each.piece.id,
            "set": each.set.key,
            "technique_platforms": platforms_of(each.meaning.technique),
        }
        for each in _detecting(library, release)
        if platforms_of(each.meaning.technique)
        and each.on
        and not set(each.on) & set(platforms_of(each.meaning.technique))
    ]


def migrated(library: Library, release: Release) -> list[Row]:
    """Claimed identifiers that are revoked, with the technique that they count for."""
    found: dict[str, list[Claimed]] = {}
    for each in library.claims(release):
        if each.meaning.via == "revoked-by":
            found.setdefault(each.claim.attack_id, []).append(each)
    return [
        {
            "release": release.key,
            "kind": "claim-migrated",
            "attack_id": attack_id,
            "successor_id": attack_id_of(claims[0].meaning.technique),
            "claims": len(claims),
            "evidence": len({(each.set.key, each.piece.id) for each in claims}),
            "sets": sorted({each.set.key for each in claims}),
        }
        for attack_id, claims in found.items()
    ]


def platforms_without(library: Library, release: Release) -> list[Row]:
    """Platforms on which no evidence claims to detect anything."""
    techniques: dict[str | None, list[Body]] = {}
    for each in release.techniques:
        for platform in places(each):
            techniques.setdefault(platform, []).append(each)
    detecting = _detecting(library, release)
    return [
        {
            "release": release.key,
            "kind": "platform-without-evidence",
            "platform": platform,
            "techniques": len(own),
        }
        for platform, own in techniques.items()
        if not any(
            any(each.meaning.technique is one for one in own) and (platform is None or platform in each.on)
            for each in detecting
        )
    ]


def _of(kind: str, release: Release, each: Body, detail: str) -> Row:
    return {
        "release": release.key,
        "kind": kind,
        "attack_id": attack_id_of(each),
        "name": each["name"],
        "detail": detail,
    }


def platforms_without_analytic(library: Library, release: Release) -> list[Row]:
    """Platforms of active techniques for which there is no analytic, in releases that have any."""
    del library
    if not release.of_type("x-mitre-analytic"):
        return []
    return [
        _of("technique-platform-without-analytic", release, each, platform or "platform not stated")
        for each in release.techniques
        for platform in places(each)
        if not any(
            platform is None or platform in platforms_of(analytic) for analytic in release.analytics(each)
        )
    ]


def analytics_elsewhere(library: Library, release: Release) -> list[Row]:
    """Analytics that name a platform which their technique lacks."""
    del library
    return [
        _of(
            "analytic-outside-technique-platforms",
            release,
            technique,
            f"{attack_id_of(analytic)} is for {platform}",
        )
        for technique in release.techniques
        for analytic in release.analytics(technique)
        for platform in platforms_of(analytic)
        if platforms_of(technique) and platform not in platforms_of(technique)
    ]


def strategies_without_analytic(library: Library, release: Release) -> list[Row]:
    """Active strategies without an active analytic."""
    del library
    return [
        _of("strategy-without-analytic", release, strategy, f"detects {attack_id_of(technique)}")
        for strategy, technique in release.tied("detects")
        if strategy["type"] == "x-mitre-detection-strategy"
        and is_active(strategy)
        and not any(is_active(release.by_id[ref]) for ref in strategy["x_mitre_analytic_refs"])
    ]


def without_successor(library: Library, release: Release) -> list[Row]:
    """Revoked techniques that no chain leads from to an active one."""
    del library
    found = []
    for each in release.of_type("attack-pattern"):
        if each.get("revoked") and not _active_ends(release, each, []):
            led_on = any(old is each for old, _ in release.tied("revoked-by"))
            detail = "Technique, its successor is dead" if led_on else "Technique"
            found.append(_of("revoked-without-successor", release, each, detail))
    return found


def _active_ends(release: Release, start: Body, walked: list[str]) -> bool:
    """Tell whether the relationships that revoke lead on to an active technique."""
    return any(
        is_active(new) or _active_ends(release, new, [*walked, start["id"]])
        for old, new in release.tied("revoked-by")
        if old is start and new["id"] not in walked
    )


KINDS: dict[str, Callable[[Library, Release], list[Row]]] = {
    "missing.technique-unclaimed": unclaimed,
    "missing.technique-without-detection": without_detection,
    "missing.claim-off-platform": off_platform,
    "missing.claim-migrated": migrated,
    "missing.platform-without-evidence": platforms_without,
    "missing.technique-platform-without-analytic": platforms_without_analytic,
    "missing.analytic-outside-technique-platforms": analytics_elsewhere,
    "missing.strategy-without-analytic": strategies_without_analytic,
    "missing.revoked-without-successor": without_successor,
}
"""Built-in questions about what is missing -> what they must answer."""
