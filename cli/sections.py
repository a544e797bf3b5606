"""The lists in an answer of one object, each of which is a section that can be had alone, as rows."""

from collections.abc import Sequence

from cli.answer import One, Rows
from cli.render.fields import lists_of
from cli.render.forms import Form
from cli.session import Session
from graph.errors import NotFoundError
from graph.spelling import did_you_mean


def check_section(names: Sequence[str], name: str | None) -> None:
    """Refuse, before anything is asked, a section that an answer cannot have.

    Raises:
        NotFoundError: there is no such section; the nearest is named.
    """
    if name is not None and name.replace("-", "_") not in names:
        todo = did_you_mean(name, names, otherwise=f"there are {', '.join(names)}")
        raise NotFoundError("no such section", where=name, todo=todo)


def sectioned(session: Session, answer: One, name: str | None, names: Sequence[str] = ()) -> One | Rows:
    """Return the section called `name` of the answer as rows; the answer itself where none is named.

    `names` are sections that the answer can have: one of them that is empty has no rows.

    CSV without one has the plain fields, and it is said which sections there are.

    Raises:
        NotFoundError: there is no such section; the nearest is named.
    """
    lists = lists_of(answer.value)
    if name is None:
        if session.form is Form.CSV and lists:
            session.say(f"only the plain fields; --section NAME has a list: {', '.join(lists)}")
        return answer
    wanted = name.replace("-", "_")
    if wanted in names and wanted not in lists:
        return Rows((), (), answer.scope, f"{name}, which is empty", answer.exit_code)
    if wanted not in lists:
        todo = did_you_mean(
            wanted, lists, otherwise=f"there are {', '.join(lists)}" if lists else "drop --section"
        )
        raise NotFoundError("has no such section", where=name, todo=todo)
    rows = lists[wanted]
    return Rows(rows.columns, rows.values, answer.scope, exit_code=answer.exit_code)
