"""ATT&CK releases from MITRE's public repository of STIX bundles, found by its collection index."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.errors import IntegrityError, NotFoundError
from graph.identifiers import release_parts
from loaders.fetch.download import USUAL_LIMITS, USUAL_PATIENCE, Answer, Patience, download
from loaders.fetch.listing import Listed, as_source, read_listing, whole
from loaders.fetch.shelf import Fetched, keep, shelf
from loaders.formats.attack.bundle import read_bundle
from loaders.reading.checked import meant
from loaders.reading.one_file import Limits

PUBLIC_PLACE: Final = "https://raw.githubusercontent.com/mitre-attack/attack-stix-data/master"
INDEX: Final = "index.json"
# Names of the collections in the index -> domains.
_DOMAINS: Final = {
    "Enterprise ATT&CK": "enterprise-attack",
    "Mobile ATT&CK": "mobile-attack",
    "ICS ATT&CK": "ics-attack",
}


class _Version(Listed):
    version: str
    url: str


class _Collection(Listed):
    name: str
    versions: tuple[_Version, ...]


class _Index(Listed):
    collections: tuple[_Collection, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """A release that the index lists.

    Attributes:
        domain: such as `enterprise-attack`.
        version: such as `18.1`.
        url: of its bundle, in the place that was asked.
    """

    domain: str
    version: str
    url: str


def fetch_attack(
    releases: Sequence[str] = (),
    *,
    base_url: str | None = None,
    folder: Path | None = None,
    limits: Limits = USUAL_LIMITS,
    patience: Patience = USUAL_PATIENCE,
) -> list[Fetched]:
    """Fetch releases such as `18.1` (enterprise) or `ics-attack@18.1`; without any, the newest enterprise one.

    A mirror has the same paths under `base_url`: `index.json`, `enterprise-attack/enterprise-attack-18.1.json`.

    Raises:
        NotFoundError: the index does not list a release.
        EngineError: a download failed. IntegrityError: a file is not the release that was asked for.
    """
    published = list_published(base_url=base_url, limits=limits, patience=patience)
    wanted = [_find(published, each) for each in releases] or [_newest(published, "enterprise-attack")]
    return [_fetch_one(each, folder, limits, patience) for each in wanted]


def list_published(
    *, base_url: str | None = None, limits: Limits = USUAL_LIMITS, patience: Patience = USUAL_PATIENCE
) -> list[Published]:
    """Return what the collection index lists, in its order: the newest of each domain first.

    Raises:
        EngineError: the download failed. IntegrityError: it is no collection index.
    """
    base = (base_url or PUBLIC_PLACE).rstrip("/")
    answer = download(f"{base}/{INDEX}", limits, patience)
    index = read_listing(answer, _Index, "ATT&CK collection index")
    return [
        Published(_DOMAINS[collection.name], each.version, _moved(each.url, base))
        for collection in index.collections
        if collection.name in _DOMAINS
        for each in collection.versions
    ]


def _moved(url: str, base: str) -> str:
    """Return where a bundle of the public place is in a mirror; any other address stays as it is listed."""
    prefix = f"{PUBLIC_PLACE}/"
    return f"{base}/{url.removeprefix(prefix)}" if url.startswith(prefix) else url


def _find(published: Sequence[Published], release: str) -> Published:
    domain, version = release_parts(release)
    domain = domain or "enterprise-attack"
    for each in published:
        if (each.domain, each.version) == (domain, version):
            return each
    known = [each.version for each in published if each.domain == domain]
    raise NotFoundError(
        f"the index does not list {domain} {version}{meant(version, known)}",
        where=INDEX,
        todo=f"choose one of {', '.join(known[:5])}, ..."
        if known
        else f"available domains: {', '.join(_DOMAINS.values())}",
    )


def _newest(published: Sequence[Published], domain: str) -> Published:
    listed = [each for each in published if each.domain == domain]
    if not listed:
        raise NotFoundError(f"the index lists no release of {domain}", where=INDEX, todo="check --base-url")
    return max(listed, key=lambda each: [int(part) for part in each.version.split(".") if part.isdecimal()])


def _fetch_one(wanted: Published, folder: Path | None, limits: Limits, patience: Patience) -> Fetched:
    answer = download(wanted.url, limits, patience)
    verified = _verified(wanted, answer)
    return keep(answer, f"{wanted.domain}-{wanted.version}.json", shelf("attack", folder), verified)


def _verified(wanted: Published, answer: Answer) -> str:
    """Read the bundle, as loading would: it must be whole, and the release that was asked for."""
    with whole():
        bundle = read_bundle(as_source(answer))
    found = f"{bundle.domain}@{bundle.version}"
    if found != f"{wanted.domain}@{wanted.version}":
        what = f"the file is {found}, not {wanted.domain}@{wanted.version}"
        raise IntegrityError(what, where=answer.url, todo="report it to the publisher, or use another mirror")
    return f"a whole bundle that states {found}"
