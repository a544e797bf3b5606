"""The door starts without the parts of the MCP SDK that it does not use, and says where the SDK is missing."""

import subprocess
import sys

import pytest

from cli.door import sdk

UNUSED = ("mcp.server.mcpserver", "mcp.client")


def test_the_door_imports_no_second_server_and_no_client() -> None:
    text = (
        "import sys\nfrom cli.door import sdk\nsdk.import_parts_only()\nimport cli.door.server\n"
        f"print([name for name in {UNUSED!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_missing_sdk_is_a_missing_module(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in sdk.PACKAGES:
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setattr(sdk, "find_spec", lambda _: None)
    with pytest.raises(ModuleNotFoundError) as raised:
        sdk.import_parts_only()
    assert raised.value.name == "mcp"
