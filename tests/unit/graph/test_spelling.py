"""What somebody may have meant."""

from graph.spelling import did_you_mean, nearest

TOPICS = ("coverage", "evidence", "lookup", "missing")


def test_the_likest_words_come_first_whatever_their_case() -> None:
    assert nearest("Coverge", TOPICS) == ["coverage"]
    assert nearest("linux", ["Linux", "Windows", "macOS"]) == ["Linux"]
    assert nearest("sigmahq", ["sigmahq@r2026-04-01", "ctid-aws@12.12.2024"])[0] == "sigmahq@r2026-04-01"
    assert nearest("zzz", TOPICS) == []


def test_few_are_named() -> None:
    assert len(nearest("T1059", [f"T105{n}" for n in range(9)])) == 3
    assert len(nearest("T1059", [f"T105{n}" for n in range(9)], most=1)) == 1


def test_a_question_or_what_to_do_otherwise() -> None:
    assert did_you_mean("mising", TOPICS, otherwise="see the help") == "did you mean missing?"
    assert did_you_mean("abcd", ["abce", "abcf"], otherwise="see the help") == "did you mean abcf or abce?"
    assert did_you_mean("zzz", TOPICS, otherwise="see the help") == "see the help"
