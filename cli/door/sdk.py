"""What the door needs of the MCP SDK, without the rest of it.

Its packages `mcp` and `mcp.server` import a client and a second, larger server when they are imported, an eighth of
what a program waits for when it starts the door. None of it is used here.
"""

import sys
from importlib.util import find_spec, module_from_spec

PACKAGES = ("mcp", "mcp.server")


def import_parts_only() -> None:
    """Let modules of the SDK be imported without what their packages import; once they are, nothing is done.

    Raises:
        ModuleNotFoundError: the SDK is not installed.
    """
    for name in PACKAGES:
        if name in sys.modules:
            continue
        spec = find_spec(name)
        if spec is None:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        sys.modules[name] = module_from_spec(spec)
