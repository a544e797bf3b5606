"""`--param NAME=VALUE` and `--max KIND=N`, as a person gives them."""

from collections.abc import Callable, Iterable

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


def allowed(pairs: Iterable[str], known: Callable[[str], str], example: str) -> dict[str, int]:
    """Return kind -> how many are allowed, from `--max KIND=N`.

    Args:
        pairs: as given.
        known: returns the name of a kind, or refuses it.
        example: a pair that would do.

    Raises:
        UsageError: a pair that is not KIND=N.
        SightlineError: what `known` raises.
    """
    found = {}
    for pair in pairs:
        name, _, number = pair.rpartition("=")
        if not name or not (number.isascii() and number.isdecimal()):
            raise UsageError(f"--max {pair!r} is not KIND=N", todo=f"such as --max {example}")
        found[known(name)] = int(number)
    return found


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
