"""`mcp`: the door for programs."""

import sys

import typer

from cli import options
from cli.door import sdk
from graph.errors import UsageError
from graph.extras import to_install


def mcp(context: typer.Context) -> None:
    """Answer programs over standard input and output, read-only (Model Context Protocol).

    docs/mcp.md says how to add it to a client. It ends when the client leaves.
    """
    try:
        sdk.import_parts_only()
        from cli.door.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"mcp", "mcp_types", "anyio"}:
            raise
        raise UsageError("needs the MCP SDK", todo=to_install("mcp")) from None
    if sys.stdin is None or sys.stdout is None:
        raise UsageError("standard input or output is closed", todo="let an MCP client start it")
    serve(options.session_of(context).uri)
