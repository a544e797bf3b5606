"""What an environment means by the name of a log source."""

import pytest

from loaders.tables.declared import declared, is_known, nearest_names
from loaders.tables.sigma_sources import packed_table


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("azure:audit", ("azure:audit",)),
        ("AWS CloudTrail", ("AWS CloudTrail",)),
        ("sigma:azure//auditlogs", ("azure:audit",)),
        ("azure//auditlogs", ("azure:audit",)),
        (" SIGMA:Azure / / AuditLogs", ("azure:audit",)),
        ("service=auditlogs product=azure", ("azure:audit",)),
        ("sigma:azure//riskdetection", ("sigma:azure//riskdetection",)),
        ("windows/process_creation/", ("sigma:windows/process_creation/",)),
        ("sigma:acme/vpn/", ("sigma:acme/vpn/",)),
        ("acme/vpn/", ("acme/vpn/",)),
        ("sigma://", ("sigma://",)),
        ("product=acme and more", ("product=acme and more",)),
    ],
)
def test_names(written: str, names: tuple[str, ...]) -> None:
    assert declared(written).names == names


def test_every_log_source_of_the_table_is_known_as_it_is_printed() -> None:
    for source in packed_table():
        for form in (str(source), str(source).removeprefix("sigma:"), source.in_words):
            assert declared(form).stated == source
            assert is_known(declared(form), ())


def test_a_rules_own_log_source_is_known_where_a_rule_has_it() -> None:
    assert not is_known(declared("sigma:acme/vpn/"), ())
    assert is_known(declared("sigma:acme/vpn/"), {"sigma:acme/vpn/"})
    assert nearest_names(declared("sigma:acme/vpm/"), {"sigma:acme/vpn/"}) == ["sigma:acme/vpn/"]


def test_a_kind_of_event_names_the_logs_that_have_it() -> None:
    assert "WinEventLog:Sysmon" in declared("sigma:windows/process_creation/").logs
    assert declared("azure//auditlogs").logs == ()
