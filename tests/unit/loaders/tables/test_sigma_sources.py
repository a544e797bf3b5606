"""What Sigma's log sources are in ATT&CK's words."""

import pytest

from graph.errors import InputRejectedError
from loaders.reading.one_file import SourceFile
from loaders.tables import rows
from loaders.tables.aliases import aliases
from loaders.tables.log_sources import ATTACK_TABLE
from loaders.tables.sigma_sources import SIGMA_TABLE, SigmaLogSource, packed_table
from loaders.tables.telemetry import Scope

PLATFORMS_OF_18 = {
    *("Containers", "ESXi", "IaaS", "Identity Provider", "Linux", "macOS", "Network Devices", "Office Suite"),
    *("PRE", "SaaS", "Windows"),
}


def alias_file(text: str) -> SourceFile:
    return SourceFile("mine.csv", text.encode(), "0" * 64)


def test_each_row_speaks_attack() -> None:
    canonical = {row.cells["canonical"] for row in rows.packed(ATTACK_TABLE)}
    for source, telemetry in packed_table().items():
        assert set(telemetry.platforms) <= PLATFORMS_OF_18, source
        assert set(telemetry.log_sources) <= canonical, source
        assert all(component.startswith("DC") and len(component) == 6 for component in telemetry.components)
        assert telemetry.confidence in {"high", "medium", "low"}


def test_there_is_one_row_for_each_log_source() -> None:
    assert len(rows.packed(SIGMA_TABLE)) == len(packed_table()) == 138


@pytest.mark.parametrize(
    ("source", "platforms", "names", "scope"),
    [
        (("azure", "", "auditlogs"), ("Identity Provider",), ("azure:audit",), Scope.LOG),
        (("azure", "", "riskdetection"), ("Identity Provider",), ("sigma:azure//riskdetection",), Scope.LOG),
        (
            ("windows", "process_creation", ""),
            ("Windows",),
            ("WinEventLog:Security", "WinEventLog:Sysmon"),
            Scope.CATEGORY,
        ),
        (("", "proxy", ""), (), ("WebProxy:AccessLogs",), Scope.CATEGORY),
        (("windows", "", "security"), ("Windows",), ("WinEventLog:Security",), Scope.LOG),
    ],
)
def test_a_log_source_is_read_from_the_table(
    source: tuple[str, str, str], platforms: tuple[str, ...], names: tuple[str, ...], scope: Scope
) -> None:
    asked = SigmaLogSource(*source)
    telemetry = packed_table()[asked]
    assert (telemetry.platforms, telemetry.names(asked), telemetry.scope) == (platforms, names, scope)


def test_whole_logs_are_marked_as_such() -> None:
    for source, telemetry in packed_table().items():
        if source.service:
            assert (telemetry.scope is Scope.LOG) == (source.category in {"", "application", "appliance"}), (
                source
            )


def test_a_users_rows_win_over_the_packed_ones() -> None:
    mine = aliases(
        [
            alias_file("name,canonical\nCorp sign-ins,azure:signin\n"),
            alias_file(
                "product,category,service,scope,platforms,log_sources,data_components\n"
                "Windows,,Security,log,Windows;IaaS,Corp log,DC0002\nacme,vpn,,category,,,\n"
            ),
        ]
    )
    assert mine.names.canonical("corp SIGN-INS") == "azure:signinlogs"
    assert mine.sigma[SigmaLogSource("windows", "", "security")].platforms == ("Windows", "IaaS")
    assert SigmaLogSource("acme", "vpn", "") in mine.sigma
    assert len(mine.sigma) == 139


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", 'mine.csv: no rows; see docs/formats.md, "Tables of our own"'),
        (
            "a,b\n1,2\n",
            "mine.csv: line 1: its columns fit none of the tables; write name,canonical or product,",
        ),
        ("name,canonical\n x,\n", "mine.csv: line 2: empty canonical; fill it in"),
        (
            "product,category,service,scope,platforms,log_sources,data_components\na,,,all,,,\n",
            "mine.csv: line 2: unknown scope; write log or category",
        ),
        (
            "product,category,service,scope,platforms,log_sources,data_components\n,,,log,,,\n",
            "mine.csv: line 2: no product, category or service; name one of them",
        ),
    ],
)
def test_a_bad_alias_file_is_rejected(text: str, message: str) -> None:
    with pytest.raises(InputRejectedError) as caught:
        aliases([alias_file(text)])
    assert str(caught.value).startswith(message)
