"""The pages of a site, one after the other, from a graph that is asked for many of them at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

import orjson

from graph.identifiers import label_of
from pages.answer_file import NamedAnswer, named_answers, page_answer
from pages.answers import Live
from pages.matrix import drawn_matrix
from pages.page import MATRIX, Page, PageSubject
from pages.parts import Link
from pages.render import Frame, drawn, listed_answers, static
from pages.single import VIEWS, days
from pages.site.addresses import Addresses, Within, addresses
from pages.site.asking import Subject, fetch
from pages.site.lists import drawn_lists, folded, long_lists
from pages.views import overview
from pages.views.matrix import Matrix, matrix
from pages.well_formed import check
from proofs.answer_file import ABOUT
from queries.ahead import BATCH, Ahead
from queries.answers.narrowing import Narrowing, wanted
from queries.answers.telemetry import Telemetry, telemetry
from queries.ask import Asked, ask
from queries.params import Nothing, OfRelease
from queries.questions.evidence.questions import OF_SET, OfSet
from queries.questions.lookup.questions import LOG_SOURCES, OBJECTS, ReleaseObject
from queries.questions.releases.questions import ENVIRONMENTS, SETS
from queries.questions.releases.roots import ROOTS

if TYPE_CHECKING:
    from graph.record import Json
    from queries.questions.releases.roots import LoadedRoot

Tell = Callable[[int, int], None]
"""Called with the pages that are made and the pages that there will be."""
POLICY = (
    "default-src 'none'; style-src 'self' file:; script-src 'self' file:; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)
"""`file:` lets a folder on a disk read its own style and scripts; a page from the web cannot reach files."""
PLACES = (
    ("Start", "index.html"),
    ("Matrix", "matrix.html"),
    ("Gaps", "gaps.html"),
    ("Contradictions", "conflicts.html"),
    ("Releases", "releases.html"),
    ("Sets", "sets.html"),
    ("Contents", "contents.html"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which site: of a release, an environment of yours, some techniques, one set, with or without rules."""

    release: str
    environment: str | None = None
    narrowing: Narrowing = field(default_factory=Narrowing)
    rules: bool = False
    of_set: str | None = None

    def about(self, kind: str, identifier: str) -> PageSubject:
        """Return the subject of a page of this site."""
        return PageSubject(kind, self.release, identifier, self.environment, self.of_set)


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Ground:
    """What every page of the site rests on."""

    wanted: Wanted
    ahead: Ahead
    loaded: "Sequence[LoadedRoot]"
    days: Mapping[str, str]
    addresses: Addresses


def site(graph: Asked, asked: Wanted, tell: Tell) -> Iterator[File]:
    """Yield every file of the site, in no promised order.

    Raises:
        NotFoundError: what it is narrowed to is not in the release.
    """
    ahead = Ahead(graph)
    objects = ask(ahead, OBJECTS, OfRelease(asked.release))
    by_kind = _by_kind(subjects_of(ahead, asked, objects))
    every = [one.page for ones in by_kind.values() for one in ones]
    ground = Ground(asked, ahead, ask(ahead, ROOTS, Nothing()), days(ahead), addresses(every))
    yield File("style.css", static("style.css").encode())
    yield File("script.js", static("script.js").encode())
    yield File("search.js", _index(ground, objects))
    yield from _overview(ground)
    shows, done = telemetry(ahead, asked.release), 0
    own = ground.addresses.own
    tell(done, len(every))
    for batch in _fetched(ahead, by_kind, shows):
        for file in _pages(ground, batch):
            yield file
            if file.path in own:
                done += 1
                tell(done, len(every))


@dataclass(frozen=True, slots=True)
class Batch:
    """Subjects of one kind, and what their pages ask for, fetched."""

    kind: str
    ones: Sequence[Subject]
    ahead: Ahead

    def fetched(self, shows: Telemetry) -> "Batch":
        """Return the batch after what it takes was asked."""
        fetch(self.ahead, self.kind, self.ones, shows)
        return self


def _fetched(ahead: Ahead, by_kind: Mapping[str, Iterable[Subject]], shows: Telemetry) -> Iterator[Batch]:
    """Yield every batch; while the pages of one are made, the server answers for the next."""
    aside = ThreadPoolExecutor(max_workers=1)
    following: Future[Batch] | None = None
    try:
        for kind, ones in by_kind.items():
            for batch in _batches(ones):
                ready = following
                following = aside.submit(Batch(kind, batch, ahead.beside()).fetched, shows)
                if ready:
                    yield ready.result()
        if following:
            yield following.result()
    finally:
        aside.shutdown(cancel_futures=True)


def _batches(ones: Iterable[Subject]) -> Iterator[list[Subject]]:
    left = iter(ones)
    while batch := list(islice(left, BATCH)):
        yield batch


def _by_kind(subjects: Iterable[Subject]) -> dict[str, list[Subject]]:
    found: dict[str, list[Subject]] = defaultdict(list)
    for one in subjects:
        found[one.page.kind].append(one)
    return found


def subjects_of(ahead: Ahead, asked: Wanted, objects: Sequence[ReleaseObject]) -> Iterator[Subject]:
    """Yield what has a page: of several objects with one ATT&CK id, the others under their STIX ids."""
    chosen = wanted(ahead, asked.release, asked.narrowing)
    named: set[str] = set()
    for each in sorted(objects, key=_first_by_its_id):
        if each.type not in VIEWS:
            continue
        own = each.attack_id if each.attack_id and each.attack_id not in named else each.stix_id
        named.add(own)  # also of what is left out: a narrowed site names its pages as the whole one does
        if each.type == "Technique" and chosen is not None and each.attack_id not in chosen:
            continue
        yield _subject(asked, each.type, own, each.attack_id or each.stix_id, each.stix_id)
    for source in ask(ahead, LOG_SOURCES, OfRelease(asked.release)):
        yield _subject(asked, "LogSource", source.log_source)
    for held in ask(ahead, SETS, Nothing()):
        yield _subject(asked, "EvidenceSet", held.set)
        if asked.rules and held.current:
            yield from _rules(ahead, asked, held.set)
    for environment in ask(ahead, ENVIRONMENTS, Nothing()):
        yield _subject(asked, "Environment", environment.environment)


def _first_by_its_id(each: ReleaseObject) -> tuple[bool, bool, str, str]:
    """Order objects as `lookup.object` does: the first one of a shared ATT&CK id bears its page."""
    borrowed = each.type == "Mitigation" and label_of(each.attack_id or "") != "Mitigation"
    return (not each.live, borrowed, each.type, each.stix_id)


def _rules(ahead: Ahead, asked: Wanted, name: str) -> Iterator[Subject]:
    for piece in ask(ahead, OF_SET, OfSet(asked.release, name)):
        if piece.type == "Rule":
            yield _subject(asked, "Rule", piece.evidence_id)


def _subject(asked: Wanted, kind: str, name: str, attack_id: str = "", stix_id: str = "") -> Subject:
    return Subject(asked.about(kind, name), attack_id or name, stix_id)


def _pages(ground: Ground, batch: Batch) -> Iterator[File]:
    for one in batch.ones:
        source = Live(batch.ahead, ground.days)
        page = VIEWS[batch.kind](source, one.page, Within(ground.addresses, "../"))
        path = ground.addresses.paths[batch.kind, one.page.identifier]
        yield from _files(ground, page, path, source)
    batch.ahead.forget()


def _files(ground: Ground, page: Page, path: str, source: Live) -> Iterator[File]:
    """Yield a page, its answer file, and the pages of its long lists."""
    made_of = named_answers(source.answers, ground.loaded)
    answer = page_answer(page.subject, made_of, ground.loaded, ground.days)
    lists = long_lists(page, path)
    frame = _frame(answer, made_of, path, official=page.official)
    yield _html(path, drawn(page, replace(frame, folded=folded(lists))))
    yield _answer_file(answer)
    for own, text in drawn_lists(page, path, lists, frame):
        yield _html(own, text)


def _html(path: str, text: str) -> File:
    check(text, path)
    return File(path, text.encode())


def _answer_file(answer: "Mapping[str, Json]") -> File:
    """Return the answer file of a page as `--save` writes answers: what a page states beside it is on the page."""
    about = cast("Mapping[str, Json]", answer["about"])
    plain = {**answer, "about": {name: about[name] for name in ABOUT}}
    return File(_answer_path(answer), orjson.dumps(plain))


def _answer_path(answer: "Mapping[str, Json]") -> str:
    return f"answers/{answer['digest']}.json"


def _frame(file: Mapping[str, Any], made_of: Sequence[NamedAnswer], path: str, *, official: bool) -> Frame:
    root = "../" * path.count("/")
    return Frame(
        policy=POLICY,
        tool=file["about"]["tool"],
        made=file["about"]["created"][:10],
        official=official,
        answers=listed_answers(made_of),
        digest=file["digest"],
        document_href=f"{root}{_answer_path(file)}",
        style_href=f"{root}style.css",
        script_href=f"{root}script.js",
        start=f"{root}index.html",
        navigation=tuple(Link(text, f"{root}{place}") for text, place in PLACES),
    )


# The whole ---------------------------------------------------------------------------------------------------


def _overview(ground: Ground) -> Iterator[File]:
    """Yield the pages that are about the whole, each with the answers that it was made of."""
    links = Within(ground.addresses, "")
    yield from _matrix(ground, links)
    views: Mapping[str, Callable[[Live, PageSubject], Page]] = {
        "Start": lambda source, own: overview.start_page(source, own, links, _made(ground, source, links)),
        "Gaps": lambda source, own: overview.gaps_page(source, own, _made(ground, source, links)),
        "Conflicts": lambda source, own: overview.conflicts_page(source, own, links),
        "Releases": lambda source, own: overview.releases_page(source, own, links),
        "Sets": lambda source, own: overview.sets_page(source, own, links),
        "Contents": lambda source, own: overview.contents_page(source, own, links),
    }
    for kind, view in views.items():
        source = Live(ground.ahead, ground.days)
        path = "index.html" if kind == "Start" else f"{kind.lower()}.html"
        yield from _files(ground, view(source, _whole(ground, kind)), path, source)


def _whole(ground: Ground, kind: str) -> PageSubject:
    return ground.wanted.about(kind, kind.lower())


def _made(ground: Ground, source: Live, links: Within) -> Matrix:
    subject = ground.wanted.about(MATRIX, ground.wanted.release)
    return matrix(source, subject, links, ground.wanted.narrowing)


def _matrix(ground: Ground, links: Within) -> Iterator[File]:
    source = Live(ground.ahead, ground.days)
    made = _made(ground, source, links)
    made_of = named_answers(source.answers, ground.loaded)
    answer = page_answer(made.subject, made_of, ground.loaded, ground.days, ground.wanted.narrowing)
    yield _html("matrix.html", drawn_matrix(made, _frame(answer, made_of, "matrix.html", official=True)))
    yield _answer_file(answer)


def _index(ground: Ground, objects: Iterable[ReleaseObject]) -> bytes:
    """Return what the search looks through, as a script: also a page of `file://` may read one."""
    paths = ground.addresses.paths
    # Of several objects with one ATT&CK id the active one bears its page; the others have theirs under STIX ids.
    ordered = sorted(objects, key=lambda each: each.live)
    names = {(each.type, key): each for each in ordered for key in (each.stix_id, each.attack_id) if key}
    rows = []
    for (kind, identifier), path in paths.items():
        found = names.get((kind, identifier))
        name = (found.name or "") if found else ""
        aliases = [each for each in found.aliases if each != name] if found else []
        rows.append([identifier, name, aliases, kind, path])
    return b"const sightlineIndex = " + orjson.dumps(rows) + b";\n"
