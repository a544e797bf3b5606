"""What goes through the releases: against peers on the same files, and against a cold `coverage T1528`.

Goals: `diff` with names, paths and evidence at most 1/25 of mitreattack-python's diff_stix; `plan upgrade` of the
Sigma release at most ten, `coverage --over` five releases by tactic at most five cold `coverage T1528`; `check` at
most half of sigma-cli's `sigma check` on the same folder, with the validators that need no network.
"""

import gzip
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from bench.commands import PEERS, SIGHTLINE
from bench.data import data, release
from bench.pairs import alternate, run

VERSIONS = ("15.1", "16.1", "17.1", "18.1", "19.1")
DIFF = ("diff", "18.1", "19.1", "--paths", "--names", "--evidence", "--format", "json")
UPGRADE = ("plan", "upgrade", "19.1", "--set", "sigmahq", "--format", "json")
OVER = ("coverage", "--over", ",".join(VERSIONS), "--by", "tactic", "--format", "json")
COLD = [*SIGHTLINE, "coverage", "T1528"]
NEED_NETWORK = ("attacktag", "d3_fendtag")
"""Validators of pySigma that fetch what they compare with."""


@dataclass(frozen=True, slots=True)
class Folders:
    """The inputs as the peers want them: two releases in folders of their own, and the rules unpacked."""

    old: Path
    new: Path
    rules: Path
    scratch: Path


@contextmanager
def folders() -> Iterator[Folders]:
    """Yield the inputs, plain, in a folder that goes at the end."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        found = Folders(root / "old", root / "new", root / "rules", root)
        for folder, version in ((found.old, "18.1"), (found.new, "19.1")):
            folder.mkdir()
            plain = folder / "enterprise-attack.json"
            with gzip.open(release(f"enterprise-attack-{version}")) as packed, plain.open("wb") as target:
                shutil.copyfileobj(packed, target)
        with ZipFile(data() / "sigma" / "sigma-rules-r2026-04-01.zip") as archive:
            archive.extractall(found.rules)  # our own copy of a published release
        yield found


def lines(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield the figures, one line each."""
    bundles = [release(f"enterprise-attack-{version}") for version in VERSIONS]
    run([*SIGHTLINE, "load", "attack", *bundles], environment)
    run([*SIGHTLINE, "load", "sigma", str(data() / "sigma" / "sigma-rules-r2026-04-01.zip")], environment)
    yield from _against_cold(environment)
    with folders() as inputs:
        yield from _against_diff_stix(environment, inputs)
        yield from _against_sigma_check(environment, inputs)


def _against_cold(environment: Mapping[str, str]) -> Iterator[str]:
    for words, goal in ((UPGRADE, 10), (OVER, 5)):
        pair = alternate(" ".join(words[:3]), [*SIGHTLINE, *words], COLD, runs=5, environment=environment)
        yield f"{pair.name} / coverage T1528, cold: wall {pair.ratio('wall'):.1f} (goal {goal})"
        yield f"  ours {pair.median('wall'):.2f} s, cold {pair.median('wall', peer=True):.2f} s"


def _against_diff_stix(environment: Mapping[str, str], inputs: Folders) -> Iterator[str]:
    peer = [
        *(str(Path(PEERS).with_name("diff_stix")), "--old", str(inputs.old), "--new", str(inputs.new)),
        *("--domains", "enterprise-attack", "--markdown-file", str(inputs.scratch / "diff.md")),
    ]
    pair = alternate("diff", [*SIGHTLINE, *DIFF], peer, runs=3, environment=environment)
    yield f"diff --paths --names --evidence / diff_stix: wall 1/{1 / pair.ratio('wall'):.0f} (goal 1/25)"
    yield f"  ours {pair.median('wall'):.2f} s, peer {pair.median('wall', peer=True):.2f} s"


def _against_sigma_check(environment: Mapping[str, str], inputs: Folders) -> Iterator[str]:
    bundle = str(inputs.new / "enterprise-attack.json")
    ours = [*SIGHTLINE, "check", str(inputs.rules), "--attack", f"{bundle}=19.1", "--fail-on", "never"]
    excluded = [word for name in NEED_NETWORK for word in ("--exclude", name)]
    peer = [str(Path(PEERS).with_name("sigma")), "check", "--pass-on-error", *excluded, str(inputs.rules)]
    pair = alternate("check", ours, peer, runs=3, environment=environment)
    yield f"check / sigma check: wall {pair.ratio('wall'):.2f} (goal 0.50)"
    yield f"  ours {pair.median('wall'):.2f} s, peer {pair.median('wall', peer=True):.2f} s"
