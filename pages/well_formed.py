"""Pages and pictures are parsed before they are handed out: well-formed XML, whose inner links lead somewhere."""

import re
from xml.parsers import expat

from graph.errors import IntegrityError

_CODE = re.compile(r"(<(script|style)\b[^>]*>)(.*?)(</\2>)", re.DOTALL)
"""Scripts and styles: HTML ends them by their end tag only, and has no entities in them."""


TODO = "nothing was written: please report it, with the identifier"


_ID = re.compile(r' id="([^"]+)"')
_TARGET = re.compile(r' href="#([^"]+)"')


class MalformedPageError(IntegrityError):
    """A page or picture of ours is not what a browser must be given: it is not handed out."""

    def __init__(self, what: str, where: str | None = None) -> None:
        super().__init__(f"the page does not pass its own check: {what}", where=where, todo=TODO)


def check(text: str, where: str | None = None) -> None:
    """Parse a page or picture; `where` is what an error names.

    Raises:
        MalformedPageError: it is not well-formed, an id is there twice, or a link within it leads nowhere.
    """
    bare = _CODE.sub(r"\1\4", text)
    parser = expat.ParserCreate()
    try:
        parser.Parse(bare, True)  # noqa: FBT003  the parser's own signature
    except expat.ExpatError as error:
        raise MalformedPageError(f"not well-formed: {error}", where) from error
    # In a text that is well-formed, a quote within an attribute or a tag within a text is an entity.
    identifiers = _ID.findall(bare)
    known = set(identifiers)
    if len(known) < len(identifiers):
        twice = next(each for at, each in enumerate(identifiers) if each in identifiers[:at])
        raise MalformedPageError(f"the id {twice} is there twice", where)
    lost = sorted(set(_TARGET.findall(bare)) - known)
    if lost:
        raise MalformedPageError(f"a link leads nowhere: #{lost[0]}", where)
