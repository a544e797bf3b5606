"""The answer file of a page: one composed answer, whose rows are the answers that the page is made of.

Each part has the command that gives it and a digest of its own, which is the digest that this command prints with
`-v` on the same data: design and fields in docs/pages.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from graph.record import canonical
from pages.answers import Answered, questions_of
from pages.page import OF_ALL, PageSubject
from pages.requests import Request
from proofs.answer_file import Basis, answer_of, digest_of_written, question_of, sealed
from queries.answers.narrowing import Narrowing
from queries.ask import AskedQuestion
from queries.catalog import AnyQuestion
from queries.questions.releases.holding import HOLDING

if TYPE_CHECKING:
    from graph.record import Json
    from queries.questions.releases.roots import LoadedRoot


@dataclass(frozen=True, slots=True)
class NamedAnswer:
    """One answer of a page with its permanent name.

    Attributes:
        written: the RFC 8785 form of its rows; empty where nothing is made of it.
    """

    answered: Answered
    digest: str
    written: bytes = b""


def named_answers(answers: Sequence[Answered], loaded: "Sequence[LoadedRoot]") -> tuple[NamedAnswer, ...]:
    """Return the answers, each with its digest.

    Raises:
        ValueError: a value has no RFC 8785 form.
    """
    return tuple(_named(each, loaded) for each in answers)


def _named(answered: Answered, loaded: "Sequence[LoadedRoot]") -> NamedAnswer:
    request = answered.request
    # A command that answers of a release has chosen it first.
    chosen = {_asked(HOLDING)} if "release" in request.parameters else set()
    basis = Basis(request.command, request.parameters, answered.questions | chosen, loaded)
    release, environment = (request.parameters.get(name) for name in ("release", "environment"))
    answer = answer_of(basis, cast("str | None", release), cast("str | None", environment))
    written = canonical(list(answered.rows))
    return NamedAnswer(answered, digest_of_written(answer, written), written)


def _asked(question: AnyQuestion) -> AskedQuestion:
    return AskedQuestion(question.name, question.file.revision, question.file.sha256)


def page_answer(
    subject: PageSubject,
    made_of: Sequence[NamedAnswer],
    loaded: "Sequence[LoadedRoot]",
    days: Mapping[str, str],
    narrowing: Narrowing | None = None,
) -> "dict[str, Json]":
    """Return the answer file of a page.

    Args:
        subject: of the page.
        made_of: the answers, with their digests.
        loaded: what the answers rest on.
        days: key -> the day on which it was loaded; stated, and not part of the digest.
        narrowing: of what has all techniques; other pages have none.

    Raises:
        ValueError: a value has no RFC 8785 form.
    """
    parameters: dict[str, Json] = {"release": subject.release}
    if subject.kind not in OF_ALL:
        parameters["what"] = subject.identifier
    if subject.environment:
        parameters["environment"] = subject.environment
    parameters |= subject.only
    parameters |= _narrowed(narrowing or Narrowing())
    answers = [part.answered for part in made_of]
    file = sealed(
        {"release": subject.release, "environment": subject.environment, "platforms": [], "of": None},
        [_part(part) for part in made_of],
        Basis(subject.command, parameters, questions_of(answers) | {_asked(HOLDING)}, loaded),
        written=b"[" + b",".join(map(_written, made_of)) + b"]",
    )
    about = cast("dict[str, Json]", file["about"])
    return {**file, "about": {**about, "kind": subject.kind, "loaded": dict(days)}}


def _narrowed(narrowing: Narrowing) -> "dict[str, Json]":
    """Return what narrows a page by the names of the options; those that were left out are not among them."""
    techniques = narrowing.techniques
    given: dict[str, Json] = {
        "tactic": narrowing.tactic,
        "platform": narrowing.platform,
        "used_by": narrowing.used_by,
        "techniques": None if techniques is None else sorted(techniques),
    }
    return {name: value for name, value in given.items() if value is not None}


def narrowing_in(file: Mapping[str, Any]) -> Narrowing:
    """Return what the page of an answer file is narrowed to."""
    parameters = file["answer"]["parameters"]
    tactic, platform, used_by, techniques = (
        parameters.get(name) for name in ("tactic", "platform", "used_by", "techniques")
    )
    return Narrowing(tactic, platform, used_by, None if techniques is None else frozenset(techniques))


def _part(part: NamedAnswer) -> "dict[str, Json]":
    return {**_head(part), "rows": list(part.answered.rows)}


def _written(part: NamedAnswer) -> bytes:
    """Return the RFC 8785 form of a part: its `rows`, which are long and written already, sort last."""
    return canonical(_head(part))[:-1] + b',"rows":' + part.written + b"}"


def _head(part: NamedAnswer) -> "dict[str, Json]":
    request = part.answered.request
    return {
        "command": request.command,
        "digest": part.digest,
        "parameters": dict(request.parameters),
        "questions": sorted(each.name for each in part.answered.questions),
    }


def answers_in(file: Mapping[str, Any]) -> tuple[NamedAnswer, ...]:
    """Return the answers that a page's answer file holds, in their order.

    Raises:
        KeyError, TypeError: it does not have that form.
    """
    known = {each["name"]: AskedQuestion(**each) for each in file["answer"]["questions"]}
    return tuple(
        NamedAnswer(
            Answered(
                Request(each["command"], each["parameters"]),
                frozenset(known[name] for name in each["questions"]),
                tuple(each["rows"]),
            ),
            each["digest"],
        )
        for each in file["rows"]
    )


def subject_in(file: Mapping[str, Any]) -> PageSubject:
    """Return what the page of an answer file is about."""
    parameters, kind = file["answer"]["parameters"], file["about"]["kind"]
    release = parameters["release"]
    what = release if kind in OF_ALL else parameters["what"]
    return PageSubject(kind, release, what, parameters.get("environment"), parameters.get("of_set"))


def questions_listed(questions: Sequence[AskedQuestion]) -> "list[Json]":
    """Return questions as answer files list them."""
    return [question_of(each) for each in sorted(questions)]
