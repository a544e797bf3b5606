"""Mappings from the public repository of CTID's Mappings Explorer, verified by git's own object names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path
from typing import Final

from graph.errors import IntegrityError, NotFoundError
from graph.holding.sets import version_order
from loaders.fetch.download import USUAL_LIMITS, USUAL_PATIENCE, Answer, Patience, download
from loaders.fetch.listing import Listed, read_listing
from loaders.fetch.shelf import Fetched, keep, shelf
from loaders.reading.one_file import Limits

PUBLIC_API: Final = "https://api.github.com/repos/center-for-threat-informed-defense/mappings-explorer"
PUBLIC_FILES: Final = (
    "https://raw.githubusercontent.com/center-for-threat-informed-defense/mappings-explorer/main"
)
PROVIDERS: Final = ("aws", "azure", "gcp", "m365")
"""The frameworks that are fetched when none is named: those that say what a product detects."""

# mappings/aws/attack-16.1/aws-12.12.2024/enterprise/aws-12.12.2024_attack-16.1-enterprise.json
_PATH = re.compile(
    r"mappings/(?P<framework>[a-z0-9_-]+)/attack-(?P<attack_version>[0-9.]+)/(?P=framework)-(?P<version>[^/]+)/"
    r"(?P<domain>[a-z]+)/(?P<name>(?P=framework)-(?P=version)_attack-(?P=attack_version)-(?P=domain)\.json)"
)


class _Entry(Listed):
    path: str
    sha: str


class _Tree(Listed):
    tree: tuple[_Entry, ...]
    truncated: bool


class _Metadata(Listed):
    attack_version: str


class _MappingFile(Listed):
    metadata: _Metadata


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping file of the repository.

    Attributes:
        framework: such as `aws`.
        version: of the framework's mapping, such as `12.12.2024` or `rev5`.
        attack_version: release that it was made for.
        domain: enterprise, mobile or ics.
        path: in the repository.
        name: of the file.
        blob: git's name for its content, SHA-1 over a header and the bytes.
    """

    framework: str
    version: str
    attack_version: str
    domain: str
    path: str
    name: str
    blob: str


def fetch_ctid(
    frameworks: Sequence[str] = PROVIDERS,
    *,
    base_url: str | None = None,
    folder: Path | None = None,
    limits: Limits = USUAL_LIMITS,
    patience: Patience = USUAL_PATIENCE,
) -> list[Fetched]:
    """Fetch the newest enterprise mapping of each framework, such as `aws` or `nist_800_53`.

    A mirror has, under `base_url`, `git/trees/main` as GitHub's API answers it with `recursive=1`, and the files of
    the repository under their own paths.

    Raises:
        NotFoundError: the repository has no such framework.
        EngineError: a download failed. IntegrityError: a file is not the one that the repository lists.
    """
    listed = list_mappings(base_url=base_url, limits=limits, patience=patience)
    wanted = [_newest(listed, framework) for framework in frameworks]
    files = (base_url or PUBLIC_FILES).rstrip("/")
    found = [(each, download(f"{files}/{each.path}", limits, patience)) for each in wanted]
    return [keep(answer, each.name, shelf("ctid", folder), _verified(each, answer)) for each, answer in found]


def list_mappings(
    *, base_url: str | None = None, limits: Limits = USUAL_LIMITS, patience: Patience = USUAL_PATIENCE
) -> list[Mapping]:
    """Return every mapping file that the repository holds.

    Raises:
        EngineError: the download failed. IntegrityError: it is no list of a repository's files, or not all of it.
    """
    url = f"{(base_url or PUBLIC_API).rstrip('/')}/git/trees/main?recursive=1"
    answer = download(url, limits, patience)
    listed = read_listing(answer, _Tree, "list of a repository's files")
    if listed.truncated:
        raise IntegrityError("the list of files is incomplete", where=answer.url, todo="use a mirror")
    matches = ((each, _PATH.fullmatch(each.path)) for each in listed.tree)
    return [Mapping(**match.groupdict(), path=each.path, blob=each.sha) for each, match in matches if match]


def _newest(listed: Sequence[Mapping], framework: str) -> Mapping:
    of_framework = [each for each in listed if (each.framework, each.domain) == (framework, "enterprise")]
    if not of_framework:
        known = ", ".join(sorted({each.framework for each in listed if each.domain == "enterprise"}))
        raise NotFoundError(f"the repository has no mapping {framework!r}", todo=f"available: {known}")
    return max(
        of_framework, key=lambda each: (version_order(each.version), version_order(each.attack_version))
    )


def _verified(wanted: Mapping, answer: Answer) -> str:
    """Compare with git's name for the content, and with the release that the path states."""
    # Git names content by SHA-1; what it guards against here is damage, and HTTPS against more.
    found = sha1(b"blob %d\0%b" % (len(answer.data), answer.data), usedforsecurity=False).hexdigest()
    if found != wanted.blob:
        what = f"the file is git blob {found[:12]}, the repository lists {wanted.blob[:12]}"
        raise IntegrityError(what, where=answer.url, todo="fetch it again, or use another mirror")
    stated = read_listing(answer, _MappingFile, "mapping file").metadata.attack_version
    if stated != wanted.attack_version:
        what = f"the file is made for ATT&CK {stated}, its path says {wanted.attack_version}"
        raise IntegrityError(what, where=answer.url, todo="report it to the publisher")
    return f"git blob {found}"
