"""docker-compose.yml says what docs/operations.md promises of it."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.engine.configuration import CONTENT_SECURITY, Memory, Ports, neo4j_conf
from graph.engine.jars import locked_version

FILE = Path(__file__).parents[4] / "docker-compose.yml"


@pytest.fixture(scope="module")
def service() -> dict[str, Any]:
    composed = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    (only,) = composed["services"].values()
    only["named_volumes"] = set(composed["volumes"])
    return dict(only)


def test_the_image_is_the_pinned_community_edition_of_the_lock(service: dict[str, Any]) -> None:
    assert service["image"] == f"neo4j:{locked_version()}-community"
    assert locked_version().startswith("5.26.")


def test_ports_are_loopback_only(service: dict[str, Any]) -> None:
    assert service["ports"] == ["127.0.0.1:7687:7687", "127.0.0.1:7474:7474"]


def test_there_is_no_start_without_a_password(service: dict[str, Any]) -> None:
    assert re.fullmatch(r"neo4j/\$\{NEO4J_PASSWORD:\?[^}]+\}", service["environment"]["NEO4J_AUTH"])


def test_the_data_is_in_a_named_volume(service: dict[str, Any]) -> None:
    name, place = service["volumes"][0].split(":")
    assert (place, name in service["named_volumes"]) == ("/data", True)


def test_the_health_check_speaks_bolt_and_shows_no_password(service: dict[str, Any]) -> None:
    command = service["healthcheck"]["test"][1]
    assert "cypher-shell" in command
    assert "bolt://" in command
    assert not re.search(r"(^| )(-p|--password)\b", command)


def test_its_settings_are_those_of_the_local_server(service: dict[str, Any]) -> None:
    local = dict(line.split("=", 1) for line in neo4j_conf(Ports(7687, 7474), Memory(), "logs").splitlines())
    stated = {
        name.removeprefix("NEO4J_").replace("__", "\0").replace("_", ".").replace("\0", "_"): value
        for name, value in service["environment"].items()
        if name != "NEO4J_AUTH"
    }
    heap = {name for name in stated if name.startswith("server.memory.")}
    assert {"server.memory.heap.max_size", "server.memory.pagecache.size"} <= heap
    assert {name: stated[name] for name in stated.keys() - heap} == {
        name: local[name] for name in stated.keys() - heap
    }
    assert stated["dbms.security.http_static_content_security_policy_header"] == CONTENT_SECURITY
