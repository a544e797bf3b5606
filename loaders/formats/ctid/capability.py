"""What both mapping formats are read into: capabilities, their claims, and the words that scores are made of."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from graph.identifiers import claimed
from loaders.evidence.model import Category, Effectiveness, Evidence

PROVIDERS = {
    "aws": "Amazon Web Services",
    "azure": "Microsoft Azure",
    "gcp": "Google Cloud",
    "m365": "Microsoft 365",
    "nist_800_53": "NIST SP 800-53",
}
"""Framework -> who offers what it maps. Of any other framework the key itself is shown."""

CENTER = "Center for Threat-Informed Defense"

_ADDRESS = re.compile(r"https?://\S+")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_RELEASE = re.compile(r"\d+(\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability(Evidence):
    """A capability that a mapping is about; `id`, `title`, `status` and `claims` as in `Evidence`.

    Attributes:
        framework: what the mapping maps: `aws`, `nist_800_53`; also the key of who offers the capability.
        group: the label of its group, if it has one.
        tags: as published.
    """

    framework: str
    group: str | None = None
    tags: tuple[str, ...] = ()


def provider_name(framework: str) -> str:
    """Return who offers what `framework` maps."""
    return PROVIDERS.get(framework, framework)


def attack_id(written: object) -> str | None:
    """Return the identifier as the graph writes it; None when it has not the form of one."""
    return claimed(written) if isinstance(written, str) else None


def category(written: object) -> Category | None:
    """Return the category that a score's word names, in any case."""
    folded = _folded(written)
    return Category(folded) if folded in set(Category) else None


def effectiveness(written: object) -> Effectiveness | None:
    """Return the effectiveness that a score's word names, in any case; the words are never made numbers."""
    folded = _folded(written)
    return Effectiveness(folded) if folded in set(Effectiveness) else None


def day(written: object) -> str | None:
    """Return the American date `04/26/2025` as `2025-04-26`; None for anything else."""
    found = _DAY.fullmatch(written.strip()) if isinstance(written, str) else None
    try:
        return date(int(found[3]), int(found[1]), int(found[2])).isoformat() if found else None
    except ValueError:
        return None


def attack_release(written: object) -> str | None:
    """Return an ATT&CK release as a text; YAML files write 9.0 and 10.0 as whole numbers."""
    text = str(written).strip().removeprefix("v") if isinstance(written, str | int | float) else ""
    if not _RELEASE.fullmatch(text):
        return None
    return text if "." in text else f"{text}.0"


def addresses(written: Iterable[object]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the addresses among `written`, and the positions of what is none.

    Real files have them with a space or an apostrophe before them; those are addresses all the same.
    """
    found, odd = [], []
    for position, each in enumerate(written):
        text = each.strip().removeprefix("'").strip() if isinstance(each, str) else ""
        if _ADDRESS.fullmatch(text):
            found.append(text)
        else:
            odd.append(position)
    return tuple(dict.fromkeys(found)), tuple(odd)


def text(written: object) -> str | None:
    """Return a text without outer white space; None for an empty one and for anything else."""
    return written.strip() or None if isinstance(written, str) else None


def _folded(written: object) -> str:
    return written.strip().casefold() if isinstance(written, str) else ""
