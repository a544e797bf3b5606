"""`--param NAME=VALUE`, as a person gives it."""

from collections.abc import Iterable

from graph.errors import UsageError


def named_texts(pairs: Iterable[str]) -> dict[str, str]:
    """Return name -> text of each pair.

    Raises:
        UsageError: a pair without a name or `=`, a name that is given twice, or bytes that are no UTF-8.
    """
    texts: dict[str, str] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals or not name:
            raise UsageError(f"--param {pair!r} is not NAME=VALUE", todo="such as --param limit=5")
        if name in texts:
            raise UsageError(f"--param {name} is given twice", todo="give it once")
        texts[sendable(name)] = sendable(text)
    return texts


def sendable(text: str) -> str:
    """Return `text`, which the command line may have given bytes that are no UTF-8.

    Raises:
        UsageError: it has some.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UsageError(f"character {error.start} is not UTF-8", todo="give the text in UTF-8") from error
    return text
