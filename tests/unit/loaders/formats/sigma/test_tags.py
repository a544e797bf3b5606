"""What tags say about ATT&CK."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.formats.sigma.tags import attack_tags


@pytest.mark.parametrize("written", ["attack.t1059.001", "attack.T1059.001", " ATTACK.t1059.001"])
def test_a_technique_is_claimed_however_it_is_written(written: str) -> None:
    (claimed,) = attack_tags((written,)).techniques
    assert (claimed.attack_id, claimed.written) == ("T1059.001", written)


@pytest.mark.parametrize("written", ["attack.credential-access", "attack.credential_access"])
def test_old_tags_with_underscores_are_folded(written: str) -> None:
    assert attack_tags((written,)).tactics == ("credential-access",)


def test_tags_are_sorted_by_what_they_mean() -> None:
    said = attack_tags(
        (
            "attack.g0007",
            "attack.s0677",
            "attack.ds0005",
            "attack.impact",
            "cve.2021-44228",
            "attack.t15",
            "tlp.red",
        )
    )
    assert said.objects == ("G0007", "S0677", "DS0005")
    assert said.tactics == ("impact",)
    assert said.unknown == ("attack.t15",)
    assert said.techniques == ()


@given(st.lists(st.text(string.ascii_letters + string.digits + "._- "), max_size=8))
def test_no_tag_of_the_namespace_is_lost(words: list[str]) -> None:
    said = attack_tags(tuple(f"attack.{word}" for word in words))
    parts = (said.techniques, said.objects, said.tactics, said.unknown)
    assert sum(map(len, parts)) == len(words)


@given(st.lists(st.text(), max_size=8))
def test_other_namespaces_say_nothing(words: list[str]) -> None:
    said = attack_tags(tuple(f"cve.{word}" for word in words))
    assert (said.techniques, said.objects, said.tactics, said.unknown) == ((), (), (), ())


@pytest.mark.parametrize(
    ("written", "claimed"),
    [("attack.acme-t0001", "ACME-T0001"), ("attack.acme_t0001.001", "ACME-T0001.001")],
)
def test_an_id_with_an_own_prefix_is_an_id(written: str, claimed: str) -> None:
    assert [each.attack_id for each in attack_tags((written,)).techniques] == [claimed]


@pytest.mark.parametrize("written", ["attack.attack-t1059", "attack.mitre_t1059"])
def test_the_name_of_the_framework_is_no_prefix(written: str) -> None:
    said = attack_tags((written,))
    assert (said.techniques, said.unknown) == ((), (written,))
