"""The exit codes that no SightlineError carries, and what every code means; the others are in graph/errors.py."""

from signal import SIGHUP, SIGINT, SIGTERM

from graph.errors import SightlineError

DONE = 0
FOUND = 1
"""A check found something (`--check`, `--max`)."""
BUG = 70
"""EX_SOFTWARE of BSD's sysexits."""
HUNG_UP, INTERRUPTED, TERMINATED = (128 + number for number in (SIGHUP, SIGINT, SIGTERM))
"""What shells expect of a process that a signal ended."""

_OWN = {
    DONE: "done; a set with rejected items too, which stderr counts",
    FOUND: "a check found something (`--check`, `--max`)",
    BUG: "a bug in Sightline",
    HUNG_UP: "ended by SIGHUP",
    INTERRUPTED: "interrupted (SIGINT)",
    TERMINATED: "ended by SIGTERM",
}


def meanings() -> dict[int, str]:
    """Return every exit code in order -> what it means; that of an error is the first line of its docstring."""
    errors = {kind.exit_code: _first_line(kind) for kind in SightlineError.__subclasses__()}
    return dict(sorted((_OWN | errors).items()))


def _first_line(kind: type[SightlineError]) -> str:
    line = (kind.__doc__ or "").strip().splitlines()[0].rstrip(".")
    return line[0].lower() + line[1:]
