"""The exit codes that no SightlineError carries; the others stand in graph/errors.py."""

DONE = 0
FOUND = 1
"""A check found something (`--check`, `--max`)."""
BUG = 70
"""EX_SOFTWARE of BSD's sysexits."""
INTERRUPTED = 130
"""128 + SIGINT, what shells expect after Ctrl-C."""
