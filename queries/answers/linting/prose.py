"""What a text says: which objects it names, and whether it says that one uses the other."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_LINK = re.compile(
    r"\[(?P<text>[^\]]*)\]\(https?://attack\.mitre\.org/[a-z]+/(?P<id>[A-Z]+\d{4})(?:/(?P<sub>\d{3}))?/?\)"
)
_CITATION = re.compile(r"\(Citation: [^)]*\)")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\[<`])|\n+")
_HOLDER = re.compile(r"\x00(\d+)\x00")
_MORE = (
    r"(?: (?:the|a|an|tools?|utility|utilities|malware|commands?|frameworks?|such as|like|including|of|versions?|"
    r"modified|customized|custom|publicly|available|open[- ]source|commodity|legitimate|both|also|its|their|Windows|"
    r"native|built-in|known as|well-known|functionality within)){0,6}"
)
_LISTED = r"(?:\x00\d+\x00(?:'s)?(?:/\w+)?(?:,? (?:and|or) |, |/))*"
USING = re.compile(
    r"\b(?:used?|uses|using|deploy(?:ed|s|ing)?|leverag(?:ed|es|ing)|execut(?:ed|es|ing)|employ(?:ed|s|ing)?|"
    rf"utiliz(?:ed|es|ing)|ran|running|via|through|such as|including|with){_MORE},? {_LISTED}\Z"
)
"""Ends right before what somebody uses, or before the last one of several."""
USED_BY = re.compile(
    r"\b(?:used|operated|deployed|leveraged|employed|utilized)(?: \w+ly)? by"
    rf"(?: (?:the|groups?|actors?|adversaries|threat groups?|such as|including|both)){{0,4}} {_LISTED}\Z"
)
"""Ends right before who uses something, or before the last one of several."""
TO_USE = re.compile(r"(?: utility)? (?:can|may|could) (?:also )?be (?:used|leveraged|employed) to\b")
"""Begins right behind what somebody can use."""
_MAYBE = re.compile(r"\b(?:may|might|could|possibl[ey]|potential(?:ly)?|likely|suspected)\b", re.IGNORECASE)
_DOUBT = re.compile(
    r"\b(?:similar|simultaneous|unrelated|not|never|"
    r"without|overlaps?|linked|sold|associated|believed|assess(?:ed)?|instead of|rather than|detect\w*|prevent\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An object that a sentence links or names.

    Attributes:
        attack_id: of the object.
        before: the sentence up to the link, with every earlier link as a number between two NULs.
        behind: the rest of the sentence.
        earlier: ids of the links before it in the sentence.
        sentence: as people read it.
    """

    attack_id: str
    before: str
    behind: str
    earlier: tuple[str, ...]
    sentence: str

    def is_in_doubt(self, *, of_techniques: bool = False) -> bool:
        """Tell whether the sentence qualifies what it says up to there.

        Args:
            of_techniques: whether the text is of a technique: what adversaries may do is what it is about.
        """
        maybe = not of_techniques and _MAYBE.search(self.before) is not None
        return maybe or _DOUBT.search(self.before) is not None


class Names:
    """Names that mean one object wherever they are in a text, though nothing links them.

    Args:
        ids: name -> id of the object; those that are ordinary words are left out by whoever makes it.
    """

    def __init__(self, ids: Mapping[str, str]) -> None:
        self._ids = ids
        longest_first = sorted(map(re.escape, ids), key=len, reverse=True)
        self._words = re.compile(rf"(?<![\w./\\-])(?:{'|'.join(longest_first) or '(?!)'})(?![\w\\/-])")

    def marked(self, text: str, found: list[tuple[str, str]]) -> str:
        """Return a text with each name as a number between two NULs, and add (id, name) to what was `found`."""

        def mark(name: re.Match[str]) -> str:
            found.append((self._ids[name[0]], name[0]))
            return f"\x00{len(found) - 1}\x00"

        return self._words.sub(mark, text)


NO_NAMES = Names({})


def mentions(text: str, names: Names = NO_NAMES) -> Iterator[Mention]:
    """Yield every object that a text links or names, sentence by sentence."""
    found: list[tuple[str, str]] = []

    def mark(link: re.Match[str]) -> str:
        found.append((_id(link), link["text"]))
        return f"\x00{len(found) - 1}\x00"

    marked = names.marked(_CITATION.sub("", _LINK.sub(mark, text)), found)
    for sentence in _SENTENCE_END.split(marked):
        told = " ".join(_HOLDER.sub(lambda holder: found[int(holder[1])][1], sentence).split())
        earlier: list[str] = []
        for holder in _HOLDER.finditer(sentence):
            attack_id = found[int(holder[1])][0]
            before, behind = sentence[: holder.start()], sentence[holder.end() :]
            yield Mention(attack_id, before, behind, tuple(earlier), told)
            earlier.append(attack_id)


def _id(link: re.Match[str]) -> str:
    return f"{link['id']}.{link['sub']}" if link["sub"] else link["id"]
