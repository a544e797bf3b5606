"""Neo4j's settings for a local server that only this machine can reach and that contacts no other.

Names and meanings: Neo4j's operations manual, 5.26, Configuration settings.
"""

import os
import re
from dataclasses import dataclass
from typing import Self

from graph.errors import UsageError

USUAL_HEAP = "1g"
USUAL_PAGE_CACHE = "256m"
TRANSACTIONS = 70
"""Percent of the heap for transactions: 15,000 rules in one load need it of 1 GiB (docs/own-cypher.md)."""
CONTENT_SECURITY = (
    "default-src 'self'; script-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "font-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; "
    "connect-src 'self' http://127.0.0.1:* http://localhost:* ws://127.0.0.1:* ws://localhost:*"
)
"""Keeps the Browser from the fonts and trackers that it asks for at every start."""


@dataclass(frozen=True, slots=True)
class Ports:
    """The loopback ports of Bolt and of the Browser."""

    bolt: int
    http: int


@dataclass(frozen=True, slots=True)
class Memory:
    """How much of the machine the server may take, as Java writes sizes: 512m, 1g."""

    heap: str = USUAL_HEAP
    page_cache: str = USUAL_PAGE_CACHE
    short_lived: bool = False
    """Whether the server ends soon: Java then saves work instead of waits (two fifths less time to start)."""

    @classmethod
    def from_environment(cls, heap: str = USUAL_HEAP, page_cache: str = USUAL_PAGE_CACHE) -> Self:
        """The sizes that `SIGHTLINE_HEAP` and `SIGHTLINE_PAGE_CACHE` state, else those given.

        Raises:
            UsageError: one of them is not a size.
        """
        return cls(_size("SIGHTLINE_HEAP", heap), _size("SIGHTLINE_PAGE_CACHE", page_cache))

    @property
    def of_transactions(self) -> str:
        """What all transactions together may take of the heap, and so may one: the rest keeps the server alive."""
        return f"{_bytes(self.heap) * TRANSACTIONS // 100}"


def is_size(text: object) -> bool:
    """Whether a text is a size as Java writes it."""
    return isinstance(text, str) and re.fullmatch(r"[1-9][0-9]*[kmgKMG]", text) is not None


def _bytes(size: str) -> int:
    """A size in bytes; 0 for what is none, which Java will refuse."""
    return int(size[:-1]) << _SHIFTS[size[-1].lower()] if is_size(size) else 0


_SHIFTS = {"k": 10, "m": 20, "g": 30}


def _size(name: str, usual: str) -> str:
    stated = os.environ.get(name) or usual
    if not is_size(stated):
        raise UsageError(
            f"{stated!r} is not a size of memory", where=name, todo="give one such as 512m or 2g"
        )
    return stated


def neo4j_conf(ports: Ports, memory: Memory, logs: str, post_connect: str = "") -> str:
    """The text of neo4j.conf.

    Args:
        ports: where it listens, on 127.0.0.1.
        memory: page cache; the heap is an option of Java.
        logs: the folder of its logs, in ASCII; relative to the home, or absolute.
        post_connect: commands that the Browser runs after each login, separated by `;`.
    """
    settings = _network(ports) | _guards() | _storage(memory, logs) | _planning(memory)
    if post_connect:
        settings["browser.post_connect_cmd"] = post_connect
    return "".join(f"{name}={_escaped(value)}\n" for name, value in settings.items())


def _network(ports: Ports) -> dict[str, str]:
    # Without the advertised addresses the Browser is sent to 7687, whoever listens there.
    bolt, http = f"127.0.0.1:{ports.bolt}", f"127.0.0.1:{ports.http}"
    return {
        "server.default_listen_address": "127.0.0.1",
        "server.default_advertised_address": "127.0.0.1",
        "server.bolt.listen_address": bolt,
        "server.bolt.advertised_address": bolt,
        "server.http.listen_address": http,
        "server.http.advertised_address": http,
        "server.https.enabled": "false",
        "server.http_enabled_modules": "BROWSER",
        # Twice five seconds of listening to a closed port at every stop.
        "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
    }


def _guards() -> dict[str, str]:
    return {
        "dbms.security.auth_enabled": "true",
        "dbms.usage_report.enabled": "false",
        "client.allow_telemetry": "false",
        "browser.remote_content_hostname_whitelist": "127.0.0.1,localhost",
        "dbms.security.http_static_content_security_policy_header": CONTENT_SECURITY,
        "dbms.security.allow_csv_import_from_file_urls": "false",
        "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
        # Of plug-ins, that is; Community cannot switch its own procedures off, so the read guard names those.
        "dbms.security.procedures.allowlist": "none",
        "dbms.security.procedures.unrestricted": "none",
    }


def _storage(memory: Memory, logs: str) -> dict[str, str]:
    # The default keeps 512 MB of empty transaction logs beside a store of 50.
    return {
        "server.directories.import": "import",
        "server.directories.logs": logs,
        "server.memory.pagecache.size": memory.page_cache,
        "dbms.memory.transaction.total.max": memory.of_transactions,
        "db.memory.transaction.max": memory.of_transactions,
        "db.tx_log.rotation.size": "16m",
        "db.tx_log.preallocate": "false",
        "db.tx_log.rotation.retention_policy": "2 files",
        "db.logs.query.enabled": "OFF",
    }


def _planning(memory: Memory) -> dict[str, str]:
    # A plan is made anew when the counts of nodes have changed, for half a second of work each, which pays in time.
    return {"dbms.cypher.min_replan_interval": "24h"} if memory.short_lived else {}


def _escaped(value: str) -> str:
    """A value as a properties file spells it."""
    return value.replace("\\", "\\\\")
