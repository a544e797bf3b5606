"""What the log sources of Elastic, Splunk and Sentinel are in ATT&CK's words."""

from collections import Counter

import pytest

from loaders.tables import rows
from loaders.tables.log_sources import ATTACK_TABLE
from loaders.tables.publisher_sources import (
    PUBLISHER_TABLE,
    PUBLISHERS,
    PublisherSource,
    packed_publisher_table,
)

PLATFORMS_OF_18 = {
    *("Containers", "ESXi", "IaaS", "Identity Provider", "Linux", "macOS", "Network Devices", "Office Suite"),
    *("PRE", "SaaS", "Windows"),
}
PLATFORMS_OF_ICS_12 = {
    *("Control Server", "Data Historian", "Engineering Workstation", "Field Controller/RTU/PLC/IED"),
    *("Human-Machine Interface", "Input/Output Server", "Safety Instrumented System/Protection Relay"),
}


def test_each_row_speaks_attack_and_says_why() -> None:
    canonical = {row.cells["canonical"] for row in rows.packed(ATTACK_TABLE)}
    for source, row in packed_publisher_table().items():
        known = row.telemetry
        assert source.publisher in PUBLISHERS
        assert set(known.platforms) <= PLATFORMS_OF_18 or set(known.platforms) <= PLATFORMS_OF_ICS_12, source
        assert set(known.log_sources) <= canonical, source
        assert all(component.startswith("DC") and len(component) == 6 for component in known.components)
        assert known.confidence in {"high", "medium", "low"}
        assert known.note, source


def test_there_is_one_row_for_each_name() -> None:
    table = rows.packed(PUBLISHER_TABLE)
    assert len(table) == len(packed_publisher_table())
    assert Counter(row.cells["publisher"] for row in table) == {
        "elastic": 146,
        "sentinel": 149,
        "splunk": 260,
    }


@pytest.mark.parametrize(
    ("written", "platforms", "log_sources"),
    [
        (
            "SecurityAlert (MDATP)",
            ("Windows", "Linux", "macOS"),
            ("EDR:detection", "m365:defender"),
        ),
        ("SecurityAlert (AATP)", ("Windows",), ("Defender for Identity",)),
        ("SecurityAlert (IPC)", ("Identity Provider",), ()),
        ("AZFWNetworkRule", ("IaaS",), ("azure:resource", "NSM:Firewall")),
        ("AKSAudit", ("Containers",), ("kubernetes:apiserver", "kubernetes:audit")),
        ("SalesforceServiceCloudV2_CL", ("SaaS",), ("saas:salesforce",)),
        ("gworkspace_reportsapi_login_cl", ("Office Suite", "SaaS"), ("saas:googleworkspace",)),
        ("CommonSecurityLog (PaloAlto)", ("Network Devices",), ("NSM:Firewall", "networkdevice:syslog")),
        ("Cisco_Umbrella_dns_CL", (), ("dns:query",)),
    ],
)
def test_data_types_of_sentinel(
    written: str, platforms: tuple[str, ...], log_sources: tuple[str, ...]
) -> None:
    known = packed_publisher_table()[PublisherSource.of("sentinel", written)].telemetry
    assert (known.platforms, known.log_sources) == (platforms, log_sources)
