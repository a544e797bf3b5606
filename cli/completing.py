"""What the shell offers while a word is typed: names of questions and kinds, and of what is loaded.

Completion never fails and never waits: without a server that answers at once, nothing that is loaded is offered.
Every command imports this module, so what it offers is imported when a word is typed.
"""


def _offered(what: str, incomplete: str) -> list[str]:
    """Return the words of cli/offers.py that begin so; none where they cannot be had."""
    try:
        from cli import offers

        return sorted({word for word in getattr(offers, what)() if word.startswith(incomplete)})
    except Exception:  # noqa: BLE001  whatever is wrong, a person who types does not want to read it here
        return []


def questions(incomplete: str) -> list[str]:
    """Return the built-in questions that begin so."""
    return _offered("questions", incomplete)


def kinds(incomplete: str) -> list[str]:
    """Return the kinds of missing relationships that begin so."""
    return _offered("kinds", incomplete)


def releases(incomplete: str) -> list[str]:
    """Return the loaded releases that begin so."""
    return _offered("releases", incomplete)


def environments(incomplete: str) -> list[str]:
    """Return the loaded environments that begin so."""
    return _offered("environments", incomplete)


def sets(incomplete: str) -> list[str]:
    """Return the sets in use that begin so."""
    return _offered("sets", incomplete)


def removable(incomplete: str) -> list[str]:
    """Return what can be removed by a key that begins so."""
    return _offered("removable", incomplete)
