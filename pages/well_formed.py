"""Pages and pictures are parsed before they are handed out: well-formed XML, whose inner links lead somewhere."""

import re
from xml.parsers import expat

_CODE = re.compile(r"(<(script|style)\b[^>]*>)(.*?)(</\2>)", re.DOTALL)
"""Scripts and styles: HTML ends them by their end tag only, and has no entities in them."""


class MalformedPageError(Exception):
    """A page or picture of ours is not what a browser must be given: a bug."""


def check(text: str) -> None:
    """Parse a page or picture.

    Raises:
        MalformedPageError: it is not well-formed, an id is there twice, or a link within it leads nowhere.
    """
    identifiers: set[str] = set()
    targets: set[str] = set()

    def start(_: str, attributes: dict[str, str]) -> None:
        own = attributes.get("id")
        if own in identifiers:
            raise MalformedPageError(f"the id {own} is there twice")
        if own:
            identifiers.add(own)
        href = attributes.get("href", "")
        if href.startswith("#") and len(href) > 1:
            targets.add(href[1:])

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(_CODE.sub(r"\1\4", text), True)  # noqa: FBT003  the parser's own signature
    except expat.ExpatError as error:
        raise MalformedPageError(f"not well-formed: {error}") from error
    lost = sorted(targets - identifiers)
    if lost:
        raise MalformedPageError(f"a link leads nowhere: #{lost[0]}")
