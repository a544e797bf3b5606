"""Rules from the public repositories of Elastic, Splunk, Microsoft and SigmaHQ: those of one commit, and the license.

A repository has much besides rules: the copy that is kept is an archive of the rules alone. GitHub writes the commit
into the archives that it makes, which is compared with the one that was asked for.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from graph.errors import IntegrityError
from loaders.fetch.download import USUAL_PATIENCE, Answer, Patience, download
from loaders.fetch.listing import Listed, read_listing, whole
from loaders.fetch.shelf import Fetched, keep, shelf
from loaders.reading.one_file import Limits, SourceFile
from loaders.reading.problems import Problem
from loaders.reading.sources import read_archive

_GIB = 1024**3
LIMITS: Final = Limits(file_bytes=2 * _GIB, total_bytes=2 * _GIB, entries=200_000)
"""Of the archive of a whole repository: Sentinel's has many pictures."""
_COMMIT = re.compile(r"[0-9a-f]{40}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_STAMP = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Repository:
    """A public repository of rules.

    Attributes:
        name: owner and name at GitHub.
        kept: what of it is kept: paths from its root.
        file: beginning of the copy's name, from which `load` names the set.
    """

    name: str
    kept: re.Pattern[str]
    file: str


_LICENSE = r"(LICENSE|NOTICE)[^/]*"
REPOSITORIES: Mapping[str, Repository] = MappingProxyType(
    {
        "elastic": Repository(
            "elastic/detection-rules",
            re.compile(rf"{_LICENSE}|(rules|rules_building_block)/.*\.toml"),
            "elastic-detection-rules",
        ),
        "splunk": Repository(
            "splunk/security_content",
            re.compile(rf"{_LICENSE}|(detections|data_sources)/.*\.ya?ml"),
            "splunk-security-content",
        ),
        "sentinel": Repository(
            "Azure/Azure-Sentinel",
            re.compile(rf"{_LICENSE}|(Detections/.*|Solutions/[^/]+/Analytic Rules/.*)\.ya?ml"),
            "sentinel-rules",
        ),
        "sigma": Repository(
            "SigmaHQ/sigma",
            re.compile(
                rf"{_LICENSE}|(rules[^/]*|deprecated|unsupported)/.*\.ya?ml|regression_data/.*info\.ya?ml"
            ),
            "sigma-rules",
        ),
    }
)
"""Word of the command -> repository."""


class _Signature(Listed):
    date: str


class _Commit(Listed):
    committer: _Signature


class _Answered(Listed):
    sha: str
    commit: _Commit


def fetch_content(
    word: str,
    ref: str | None = None,
    *,
    base_url: str | None = None,
    folder: Path | None = None,
    limits: Limits = LIMITS,
    patience: Patience = USUAL_PATIENCE,
) -> Fetched:
    """Fetch the rules of a repository at a tag, branch or commit; without one, of its newest commit.

    A mirror has, under `base_url`, `commits/REF` as GitHub's API answers it, and `archive/COMMIT.zip`.

    Raises:
        EngineError: a download failed. IntegrityError: it is another commit than asked for, or has no rules.
    """
    repository = REPOSITORIES[word]
    api = (base_url or f"https://api.github.com/repos/{repository.name}").rstrip("/")
    files = (base_url or f"https://github.com/{repository.name}").rstrip("/")
    about = download(f"{api}/commits/{ref or 'HEAD'}", limits, patience)
    commit, day = _stated(about)
    answer = download(f"{files}/archive/{commit}.zip", limits, patience)
    kept = _rules_of(answer, repository, commit, limits)
    version = ref if word == "sigma" and ref else f"{day}-{commit[:12]}"
    verified = f"the commit {commit}, {len(kept):,} files of rules, their license and nothing else"
    packed = replace(answer, data=_packed(kept))
    return keep(packed, f"{repository.file}-{version}.zip", shelf(word, folder), verified)


def _stated(about: Answer) -> tuple[str, str]:
    """Return the commit and its day."""
    answered = read_listing(about, _Answered, "commit of GitHub's API")
    day = answered.commit.committer.date[:10]
    if not _COMMIT.fullmatch(answered.sha) or not _DAY.fullmatch(day):
        raise IntegrityError("states no commit", where=about.url, todo="check --base-url")
    return answered.sha, day


def _rules_of(answer: Answer, repository: Repository, commit: str, limits: Limits) -> dict[str, bytes]:
    """Return the files that are kept, by their paths from the root of the repository.

    Raises:
        IntegrityError: the archive is damaged, of another commit, or has none of them.
    """
    with whole():
        entries = list(read_archive(answer.url, answer.data, ("",), limits))
    made_of = _comment(answer)
    if made_of != commit:
        what = f"the archive is of the commit {made_of[:40] or 'unknown'}, not {commit}"
        raise IntegrityError(what, where=answer.url, todo="fetch it again, or use another mirror")
    kept = dict(_kept(answer, entries, repository))
    if not kept:
        raise IntegrityError(
            "the archive has no rules", where=answer.url, todo="check the tag and --base-url"
        )
    return kept


def _comment(answer: Answer) -> str:
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return archive.comment.decode("ascii", "replace").strip()


def _kept(
    answer: Answer, entries: list[SourceFile | Problem], repository: Repository
) -> Iterator[tuple[str, bytes]]:
    for entry in entries:
        path = entry.path.removeprefix(f"{answer.url}!").partition("/")[2]
        if not repository.kept.fullmatch(path):
            continue
        if isinstance(entry, Problem):
            raise IntegrityError(f"the archive is damaged: {entry}", where=answer.url, todo="fetch it again")
        yield path, entry.data


def _packed(files: Mapping[str, bytes]) -> bytes:
    """Return an archive of the files; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[path])
    return buffer.getvalue()
