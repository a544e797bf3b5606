"""How an extra is installed: into the Python that runs, from this checkout and its lock.

Sightline is never published to a registry, so that its name there belongs to whoever registers it.
"""

import sys
from importlib.util import find_spec
from pathlib import Path
from shlex import quote

_CHECKOUT = Path(__file__).parents[1]


def to_install(extra: str) -> str:
    """Return the command that installs `extra` (`plan`, `sigma`) with the hashes of its lock."""
    lock = Path("requirements") / f"{extra}.lock"
    python = quote(sys.executable)
    pip = f"{python} -m pip install" if find_spec("pip") else f"uv pip install --python {python}"
    if (_CHECKOUT / lock).is_file():
        return f"install the extra: {pip} --require-hashes -r {quote(str(_CHECKOUT / lock))}"
    return f"install the extra from a checkout of Sightline: {pip} --require-hashes -r {lock}"
