"""`verify page.html`: whether a page is what the answers in it give, to the byte."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pages.again import KINDS, page_again
from proofs.answer_file import ABOUT, intact, own_version, read_answer, stated_in
from proofs.report import INTACT, REFUSED, UNSEEN, Check, RefusedError, Report, Stated

OF_PAGES = (*ABOUT, "kind", "loaded")
"""Fields of `about` in the answer file of a page."""
_CARRIED = re.compile(rb'<script type="application/json" id="answer">([^<]*)</script>')


def verify_page(data: bytes) -> Report:
    """Check the answers that a page carries, make the page again from them, and compare every byte."""
    checks: list[Check] = []
    try:
        file = read_answer(_carried(data), about=OF_PAGES)
        checks += intact(file)
        why = _not_made_again(file)
        if why is None:
            checks.append(_same(data, _again(file)))
        else:
            checks.append(Check(f"{UNSEEN}: {why}", holds=True))
    except RefusedError as refused:
        return Report(REFUSED, (*checks, refused.check))
    return Report(UNSEEN if why else INTACT, tuple(checks), tuple(_stated(file)))


def _carried(data: bytes) -> bytes:
    """Return the answer file of a page.

    Raises:
        RefusedError: it has none, or several.
    """
    found = _CARRIED.findall(data)
    if len(found) != 1:
        raise RefusedError(f"the page carries {len(found)} answer files, not one")
    return bytes(found[0])


def _not_made_again(file: Mapping[str, Any]) -> str | None:
    """Return why this version cannot make the page again; None where it can."""
    made_by, own = str(file["about"]["tool"]), f"sightline {own_version()}"
    if made_by != own:
        return f"the page states that {made_by[:40]} made it, and this is {own}"
    kind = str(file["about"]["kind"])
    return None if kind in KINDS else f"a page of the kind {kind[:40]} is not made again"


def _again(file: Mapping[str, Any]) -> bytes:
    """Return the page that its answers give.

    Raises:
        RefusedError: they give none.
    """
    try:
        return page_again(file).encode()
    except Exception as error:  # whatever answers that somebody made up trip over, they give no page
        raise RefusedError(f"its answers give no page ({type(error).__name__})", "/rows") from error


def _same(data: bytes, again: bytes) -> Check:
    if data != again:
        at = next(
            (place for place, (one, other) in enumerate(zip(data, again, strict=False)) if one != other),
            min(len(data), len(again)),
        )
        raise RefusedError(f"the page is not the one that its answers give; it differs from byte {at} on")
    return Check(f"made again from its answers, the page has the same {len(data):,} bytes", holds=True)


def _stated(file: Mapping[str, Any]) -> Iterator[Stated]:
    yield from stated_in(file)
    loaded = file["about"]["loaded"]
    for key, day in loaded.items() if isinstance(loaded, dict) else ():
        yield Stated(f"day of loading: {key}", str(day))
