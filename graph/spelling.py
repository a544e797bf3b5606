"""What somebody may have meant by a word that is not known, and in what two texts differ."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches, ndiff

LIKE_ENOUGH = 0.5
"""The least likeness of a word that is worth naming; 1 is the same. At difflib's own 0.6 `r2026` is like no
`sigmahq@r2026-04-01`; much below it anything is like anything."""
MOST = 3


def nearest(
    word: str, known: Iterable[str], *, most: int = MOST, like_enough: float = LIKE_ENOUGH
) -> list[str]:
    """Return those of the `known` words that are most like `word`, whatever their case, the likest first.

    Args:
        word: what was written.
        known: what may have been meant.
        most: how many words to return at most.
        like_enough: the least likeness, above the usual one where a wrong guess would mislead.
    """
    folded: dict[str, str] = {}
    for each in known:
        folded.setdefault(each.casefold(), each)
    return [folded[each] for each in get_close_matches(word.casefold(), folded, n=most, cutoff=like_enough)]


def did_you_mean(word: str, known: Iterable[str], *, otherwise: str) -> str:
    """Return `did you mean A or B?`, or what to say `otherwise`, where no known word is like `word`."""
    near = nearest(word, known)
    return f"did you mean {' or '.join(near)}?" if near else otherwise


def differences(one: Sequence[str], other: Sequence[str]) -> Iterator[str]:
    """Yield the parts of two texts: `- ` before those of the first alone, `+ ` of the second, two blanks of both."""
    yield from (line for line in ndiff(one, other) if not line.startswith("?"))
