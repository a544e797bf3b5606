"""The commands that are compared, each in an environment of its own, as `make bench` installs them.

The driver imports NumPy and pandas wherever they are installed, which takes longer than an answer of ours: what the
development tools and the peers need must not be beside the command that is measured.
"""

import subprocess
import sys
from pathlib import Path

OURS = str(Path(sys.prefix) / "bench" / "ours" / "bin" / "python")
"""A Python with what `make demo` installs, and nothing else."""

PEERS = str(Path(sys.prefix) / "bench" / "peers" / "bin" / "python")
"""A Python with the packages that we compare with."""

DOOR = str(Path(sys.prefix) / "bench" / "door" / "bin" / "python")
"""A Python with what `make demo` and the extra `mcp` install."""

SIGHTLINE = [OURS, "-m", "cli"]
BEFORE, AFTER = "started = time.process_time()", "print(time.process_time() - started)"


def cpu_seconds(python: str, preparation: str, work: str, *arguments: str) -> float:
    """Return the CPU seconds of `work` alone, Python text that runs after `preparation` in its own process.

    Raises:
        subprocess.CalledProcessError: it failed; a failed work has no time.
    """
    lines = ("import sys, time", preparation, BEFORE, work, AFTER)
    text = "\n".join(lines)
    done = subprocess.run([python, "-c", text, *arguments], check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])
