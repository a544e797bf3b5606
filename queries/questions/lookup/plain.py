"""A person's words as a Lucene query, which is what the question lookup.search takes."""

import re

_PARTS = re.compile(r'"([^"]*)"|([^\s"]+)')
_SPECIAL = re.compile(r'([-+!(){}\[\]^"~*?:\\/&|])')
_OPERATORS = {"AND", "OR", "NOT"}


def lucene(text: str) -> str:
    """Return the Lucene query that looks for the words of `text`, whatever characters are in them.

    A quoted phrase stays one, and a `*` or `~` at the end of a word keeps its meaning: any ending, any spelling.
    Everything else that Lucene would read as an operator is an ordinary character, because log sources, paths
    and code are full of them.
    """
    parts = (phrase(found[1]) if found[1] is not None else _word(found[2]) for found in _PARTS.finditer(text))
    return " ".join(filter(None, parts))


def phrase(text: str) -> str:
    """Return the Lucene query that looks for `text` as it stands, "" where it has no words."""
    return f'"{_escaped(text)}"' if text.strip() else ""


def _word(word: str) -> str:
    stem, mark = (word[:-1], word[-1]) if word[-1] in "*~" else (word, "")
    if not any(map(str.isalnum, stem)):
        return _escaped(word)
    return f"{stem.lower() if stem in _OPERATORS else _escaped(stem)}{mark}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
