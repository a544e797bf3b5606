"""What neo4j.conf says, and what it must never say."""

import pytest

from graph.engine.configuration import Memory, Ports, neo4j_conf
from graph.errors import UsageError


def settings(post_connect: str = "", *, short_lived: bool = False) -> dict[str, str]:
    memory = Memory(page_cache="64m", short_lived=short_lived)
    text = neo4j_conf(Ports(17687, 17474), memory, "/l", post_connect)
    return dict(line.split("=", 1) for line in text.splitlines())


def test_everything_listens_on_the_loopback_address_only() -> None:
    addresses = {name: value for name, value in settings().items() if name.endswith("_address")}
    assert addresses
    assert all(value.partition(":")[0] == "127.0.0.1" for value in addresses.values())


def test_login_is_needed_and_nothing_is_reported_home() -> None:
    said = settings()
    assert said["dbms.security.auth_enabled"] == "true"
    assert said["dbms.usage_report.enabled"] == "false"
    assert said["client.allow_telemetry"] == "false"


def test_the_browsers_commands_are_a_setting() -> None:
    assert "browser.post_connect_cmd" not in settings()
    assert settings("play here; style there")["browser.post_connect_cmd"] == "play here; style there"


def test_a_backslash_survives_the_properties_format() -> None:
    assert settings("play a\\b")["browser.post_connect_cmd"] == "play a\\\\b"


def test_transactions_leave_the_server_a_part_of_its_heap() -> None:
    said = settings()
    limits = {said["dbms.memory.transaction.total.max"], said["db.memory.transaction.max"]}
    assert limits == {str(2**30 * 70 // 100)}
    assert Memory(heap="512m").of_transactions == str(2**29 * 70 // 100)


def test_memory_is_a_setting_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SIGHTLINE_HEAP", raising=False)
    monkeypatch.setenv("SIGHTLINE_PAGE_CACHE", "64m")
    assert Memory.from_environment() == Memory(heap="1g", page_cache="64m")
    monkeypatch.setenv("SIGHTLINE_HEAP", "2g -XX:+Evil")
    with pytest.raises(
        UsageError, match=r"SIGHTLINE_HEAP: .* is not a size of memory; give one such as 512m"
    ):
        Memory.from_environment()


def test_only_a_server_that_ends_soon_keeps_its_plans() -> None:
    differing = dict(settings(short_lived=True).items() - settings().items())
    assert differing == {"dbms.cypher.min_replan_interval": "24h"}
