"""What a person means by a word: an identifier that is loaded, or the one thing of that name."""

from collections.abc import Callable, Iterator, Sequence

from graph.identifiers import bare, is_own, official
from queries.ask import Asked, ask
from queries.params import OfIdentifier
from queries.questions.lookup.plain import phrase
from queries.questions.lookup.questions import SEARCH, Found, SearchText
from queries.questions.releases.holding import HOLDING

NAMESAKES = 25
"""How many things of one name are looked at."""

_NOT_SHOWN = ("LogSource", "Annotation")


def identified(graph: Asked, text: str) -> str | None:
    """Return the ATT&CK or STIX identifier that `text` is, None where it is none.

    An identifier with an organization's own prefix is one where a loaded object carries it, and so is any other
    text that a loaded object carries as its identifier.
    """
    word = official(text)
    if word and not is_own(word):
        return word
    candidates = dict.fromkeys(each for each in (word, bare(text)) if each)
    return next((each for each in candidates if _is_carried(graph, each)), None)


def _is_carried(graph: Asked, identifier: str) -> bool:
    return any(each.holds for each in ask(graph, HOLDING, OfIdentifier(identifier)))


def called(graph: Asked, release: str, name: str) -> Found | None:
    """Return the one object or piece of evidence with this name, alias or title in `release`; None if it is not one.

    Names come before aliases, active objects before others, objects before evidence.
    """
    for tier in _tiers(namesakes(graph, release, name)):
        if tier:
            return tier[0] if len(tier) == 1 else None
    return None


def namesakes(graph: Asked, release: str, name: str) -> list[Found]:
    """Return all objects and pieces of evidence with this name, alias or title in `release`, whatever its case."""
    words = name.strip().strip('"')
    text = phrase(words)
    hits = ask(graph, SEARCH, SearchText(release, text, NAMESAKES, words)) if text else []
    return [each for each in hits if each.match in ("name", "alias") and each.type not in _NOT_SHOWN]


def _tiers(found: Sequence[Found]) -> Iterator[list[Found]]:
    tiers: tuple[Callable[[Found], bool], ...] = (
        lambda each: each.live is True and each.match == "name",
        lambda each: each.live is True,
        lambda each: each.release is not None,
        lambda _: True,
    )
    for fits in tiers:
        yield [each for each in found if fits(each)]
