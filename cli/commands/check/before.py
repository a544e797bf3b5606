"""What a repository of rules was before: a folder, a loaded set, or a state in git."""

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cli.asking import open_graph
from graph.errors import NotFoundError, UsageError
from loaders.checking.base import Base, base_of, since
from loaders.checking.check import Checked, checked
from loaders.checking.finding import Finding
from loaders.checking.official import Shelf
from queries.ask import ask
from queries.params import Nothing
from queries.questions.evidence.questions import OF_SET, OfSet
from queries.questions.releases.questions import SETS

if TYPE_CHECKING:
    from cli.session import Session

_GIT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What is checked, and against what.

    Attributes:
        paths: of the rules.
        rules: their format.
        attack: the releases.
        options: of the format.
    """

    paths: Sequence[str]
    rules: str
    attack: Shelf
    options: Mapping[str, tuple[str, ...]]


def before(session: "Session", name: str, now: Checked, asked: "Asked") -> tuple[Finding, ...]:
    """Return the findings of `now` that the base does not have, and which techniques gain or lose their last rule.

    Raises:
        NotFoundError: the base is neither a path nor a loaded set nor a commit.
    """
    attack = asked.attack
    if Path(name).exists():
        then = checked([name], asked.rules, attack, asked.options)
        return since(base_of(name, then, attack), now, attack)
    if "@" in name and not name.startswith("@"):
        return since(_of_set(session, name, attack), now, attack)
    with TemporaryDirectory(prefix="sightline-") as folder:
        old = [_archived(path, name, Path(folder) / f"{place}.zip") for place, path in enumerate(asked.paths)]
        then = checked([path for path in old if path is not None], asked.rules, attack, asked.options)
    return since(base_of(name, then, attack), now, attack)


def _of_set(session: "Session", key: str, attack: Shelf) -> Base:
    with open_graph(session) as graph:
        known = [row.set for row in ask(graph, SETS, Nothing())]
        if key not in known:
            raise NotFoundError(
                "no such set, path or commit", where=key, todo=f"loaded: {', '.join(known) or 'none'}"
            )
        rows = ask(graph, OF_SET, OfSet(attack.asked[0].key, key))
    claimed = {attack_id for row in rows for attack_id in row.technique_ids}
    return Base(key, frozenset(), frozenset(row.sha256 for row in rows if row.sha256), frozenset(claimed))


def _archived(path: str, ref: str, archive: Path) -> str | None:
    """Return an archive of what git has under a path at a commit; None where it had nothing there.

    Raises:
        NotFoundError: the path is not in a git repository that has the commit.
        UsageError: git is not installed.
    """
    place = Path(path).resolve()
    folder = place if place.is_dir() else place.parent
    inside = _git(folder, "rev-parse", "--show-prefix")
    commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    if inside is None or commit is None:
        raise NotFoundError(
            "no such set, path or commit", where=ref, todo=f"name one that the repository of {path} has"
        )
    within = f"{inside}{'' if place.is_dir() else place.name}" or "."
    root = _git(folder, "rev-parse", "--show-toplevel") or "."
    if _git(Path(root), "cat-file", "-e", f"{commit}:{'' if within == '.' else within}") is None:
        return None
    _git(Path(root), "archive", "--format=zip", f"--output={archive}", commit, "--", within)
    return str(archive)


def _git(folder: Path, *words: str) -> str | None:
    """Return what git prints, without its last line break; None where it refuses."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *words],
            capture_output=True,
            text=True,
            timeout=_GIT_SECONDS,
            check=False,
        )
    except FileNotFoundError:
        raise UsageError("git is not installed", todo="name a folder or a set as the base") from None
    return done.stdout.rstrip("\n") if done.returncode == 0 else None
