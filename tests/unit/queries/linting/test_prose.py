"""What a sentence says of the objects that it links, and what it does not say for certain."""

import pytest

from queries.answers.linting.prose import USED_BY, USING, Mention, mentions

GROUP = "[APT1](https://attack.mitre.org/groups/G0006)"
TOOL = "[Mimikatz](https://attack.mitre.org/software/S0002)"
OTHER = "[Reg](https://attack.mitre.org/software/S0075)"
SUB = "[Run](https://attack.mitre.org/techniques/T1547/001)"


def of(attack_id: str, text: str) -> Mention:
    return next(each for each in mentions(text) if each.attack_id == attack_id)


def test_every_link_is_a_mention_with_its_sentence() -> None:
    text = f"{GROUP} did it.(Citation: A. B) It then ran {TOOL} and {SUB}.\n\nThe end of {OTHER}."
    found = list(mentions(text))
    assert [each.attack_id for each in found] == ["G0006", "S0002", "T1547.001", "S0075"]
    assert found[1].sentence == found[2].sentence == "It then ran Mimikatz and Run."
    assert found[2].earlier == ("S0002",)


@pytest.mark.parametrize(
    "text",
    [
        f"{GROUP} has used {TOOL} to dump.",
        f"{GROUP} dumped credentials using tools such as {TOOL}.",
        f"{GROUP} used {OTHER}, {TOOL} and others.",
        f"It can be done with a modified version of {TOOL}.",
        f"{GROUP} ran commands via {OTHER} or {TOOL}.",
    ],
)
def test_what_is_used_is_told(text: str) -> None:
    mention = of("S0002", text)
    assert USING.search(mention.before)
    assert not mention.is_in_doubt()


@pytest.mark.parametrize(
    "text",
    [
        f"{GROUP} wrote a copy of {TOOL}.",
        f"{GROUP} dropped {TOOL}.",
        f"It is a credential dumper, {TOOL}.",
    ],
)
def test_what_is_not_said_to_be_used_is_not(text: str) -> None:
    assert not USING.search(of("S0002", text).before)


@pytest.mark.parametrize(
    "text",
    [
        f"{GROUP} may have used {TOOL}.",
        f"{GROUP} used a tool similar to {OTHER}, not {TOOL}.",
        f"Detect it with {TOOL}.",
    ],
)
def test_doubt_is_heard(text: str) -> None:
    assert of("S0002", text).is_in_doubt()


def test_what_adversaries_may_do_is_what_a_technique_is_about() -> None:
    mention = of("S0002", f"Adversaries may use {TOOL}.")
    assert mention.is_in_doubt()
    assert not mention.is_in_doubt(of_techniques=True)


def test_who_uses_something_is_told() -> None:
    assert USED_BY.search(of("G0006", f"{TOOL} has been used exclusively by {GROUP} since 2012.").before)
    assert USED_BY.search(of("G0006", f"{TOOL} is operated by threat groups such as {GROUP}.").before)
    assert not USED_BY.search(of("G0006", f"{TOOL} was described by those who follow {GROUP}.").before)
