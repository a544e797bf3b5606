"""Sigma rules from SigmaHQ's public releases."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from graph.errors import IntegrityError
from loaders.fetch.download import USUAL_LIMITS, USUAL_PATIENCE, Answer, Patience, download
from loaders.fetch.listing import Listed, read_listing, whole
from loaders.fetch.shelf import Fetched, keep, shelf
from loaders.reading.one_file import Limits
from loaders.reading.problems import Problem
from loaders.reading.sources import read_archive

PUBLIC_API: Final = "https://api.github.com/repos/SigmaHQ/sigma"
PUBLIC_FILES: Final = "https://github.com/SigmaHQ/sigma"
ASSET: Final = "sigma_all_rules.zip"
LIMITED: Final = f"{ASSET} has only rules of level medium and up and status experimental and up"
"""As SigmaHQ's release workflow makes it (its Releases.md, 2026-08)."""


class _Asset(Listed):
    name: str
    digest: str | None = None
    size: int | None = None


class _Release(Listed):
    tag_name: str
    assets: tuple[_Asset, ...]


@dataclass(frozen=True, slots=True)
class RulesRelease:
    """A release of the rules.

    Attributes:
        tag: such as `r2026-04-01`.
        sha256: of the archive of all rules, if the release states it (GitHub does since June 2025).
        size: of that archive in bytes, if stated.
    """

    tag: str
    sha256: str | None
    size: int | None


def fetch_sigma(
    release: str | None = None,
    *,
    base_url: str | None = None,
    folder: Path | None = None,
    limits: Limits = USUAL_LIMITS,
    patience: Patience = USUAL_PATIENCE,
) -> Fetched:
    """Fetch the archive of all rules of a release such as `r2026-04-01`; without one, of the newest.

    A mirror has, under `base_url`, `releases/latest` and `releases/tags/TAG` as GitHub's API answers them, and
    `releases/download/TAG/sigma_all_rules.zip`.

    Raises:
        EngineError: a download failed. IntegrityError: the archive is not the one that the release states.
    """
    listed = f"releases/tags/{release}" if release else "releases/latest"
    about = download(f"{(base_url or PUBLIC_API).rstrip('/')}/{listed}", limits, patience)
    stated = _stated(about)
    files = (base_url or PUBLIC_FILES).rstrip("/")
    answer = download(f"{files}/releases/download/{stated.tag}/{ASSET}", limits, patience)
    verified = _verified(stated, answer, limits)
    return keep(answer, f"sigma_all_rules-{stated.tag}.zip", shelf("sigma", folder), verified)


def newest_release(
    *, base_url: str | None = None, limits: Limits = USUAL_LIMITS, patience: Patience = USUAL_PATIENCE
) -> str:
    """Return the tag of the newest release; raises as `fetch_sigma` does."""
    about = download(f"{(base_url or PUBLIC_API).rstrip('/')}/releases/latest", limits, patience)
    return read_listing(about, _Release, "release of GitHub's API").tag_name


def _stated(about: Answer) -> RulesRelease:
    release = read_listing(about, _Release, "release of GitHub's API")
    for each in release.assets:
        if each.name == ASSET:
            digest = each.digest.removeprefix("sha256:") if each.digest else None
            return RulesRelease(release.tag_name, digest, each.size)
    raise IntegrityError(f"the release has no file {ASSET}", where=about.url, todo="name another release")


def _verified(stated: RulesRelease, answer: Answer, limits: Limits) -> str:
    """Compare with what the release states, and read every rule file of the archive."""
    found = sha256(answer.data).hexdigest()
    if stated.sha256 is not None and found != stated.sha256:
        what = f"the archive has SHA-256 {found[:16]}..., the release states {stated.sha256[:16]}..."
        raise IntegrityError(what, where=answer.url, todo="fetch it again, or use another mirror")
    if stated.size is not None and len(answer.data) != stated.size:
        what = f"the archive has {len(answer.data):,} bytes, the release states {stated.size:,}"
        raise IntegrityError(what, where=answer.url, todo="fetch it again, or use another mirror")
    with whole():
        entries = list(read_archive(answer.url, answer.data, (".yml", ".yaml"), limits))
    damaged = next((each for each in entries if isinstance(each, Problem)), None)
    if damaged:
        raise IntegrityError(f"the archive is damaged: {damaged}", where=answer.url, todo="fetch it again")
    by = (
        "the SHA-256 that the release states"
        if stated.sha256
        else "reading it; the release states no SHA-256"
    )
    return f"{by}, {len(entries):,} rule files"
