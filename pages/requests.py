"""What would be typed to get an answer of a page: the command and its parameters, as answer files name them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graph.record import Json

Values = Mapping[str, object]


_OPTIONS = {"of_set": "set"}
"""Parameter -> the option that gives it, where their names differ."""


@dataclass(frozen=True, slots=True)
class Request:
    """A command with its parameters, those that were left out not among them."""

    command: str
    parameters: Mapping[str, Json]

    @property
    def key(self) -> str:
        """The request as one text: equal requests have equal keys."""
        return repr((self.command, sorted((name, _listed(value)) for name, value in self.parameters.items())))

    @property
    def words(self) -> str:
        """The request as people read it: `coverage T1528 --by source`."""
        ids = [str(each) for each in _members(self.parameters.get("ids"))]
        names = [str(self.parameters[name]) for name in ("what", "name") if name in self.parameters]
        rest = [
            f"--{_OPTIONS.get(name, name)}" if value is True else f"--{_OPTIONS.get(name, name)} {text}"
            for name, value in sorted(self.parameters.items())
            if name not in {"ids", "what", "name", "release"}
            for text in map(str, _members(value))
        ]
        return " ".join([self.command, *ids, *names, *rest])


def request_of(question: str, params: Values) -> Request:
    """Return the command that gives the answer of a question: one of its own, else `query`."""
    own = _COMMANDS.get(question)
    if own is not None:
        return own(params)
    texts = [
        f"{name}={_text(value)}"
        for name, value in sorted(params.items())
        if name != "release" and value is not None
    ]
    given: dict[str, Json] = {"name": question}
    if texts:
        given["param"] = texts
    if params.get("release") is not None:
        given["release"] = str(params["release"])
    return Request("query", given)


def _coverage(**more: Json) -> Callable[[Values], Request]:
    def request(params: Values) -> Request:
        given: dict[str, Json] = {
            "ids": [str(params["attack_id"])],
            "release": str(params["release"]),
            **_only(params),
            **more,
        }
        return Request("coverage", given)

    return request


def _only(params: Values) -> dict[str, Json]:
    """Return the one set that counts, as the option that narrows to it names it."""
    return {"of_set": str(params["set"])} if params.get("set") else {}


def _why(params: Values) -> Request:
    names = {"what": "attack_id", "environment": "environment", "release": "release"}
    return Request("why", {option: str(params[name]) for option, name in names.items()})


def _totals(**more: Json) -> Callable[[Values], Request]:
    def request(params: Values) -> Request:
        given: dict[str, Json] = {"release": str(params["release"]), **_only(params), **more}
        return Request(
            "coverage", given | ({"ids": [str(params["parent_id"])]} if params.get("parent_id") else {})
        )

    return request


_COMMANDS: Mapping[str, Callable[[Values], Request]] = {
    "coverage.technique": _coverage(),
    "coverage.evidence": _coverage(evidence=True),
    "coverage.technique-by-source": _coverage(by="source"),
    "coverage.technique-by-log-source": _coverage(by="log-source"),
    "coverage.by-technique": _totals(by="technique"),
    "coverage.by-tactic": _totals(by="tactic"),
    "coverage.by-platform": _totals(by="platform"),
    "coverage.by-source": _totals(by="source"),
    "coverage.why": _why,
}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def _members(value: object) -> tuple[object, ...]:
    return () if value is None else tuple(value) if isinstance(value, tuple | list) else (value,)


def _listed(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
