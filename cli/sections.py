"""The lists in an answer of one object, each of which is a section that can be had alone, as rows."""

from cli.answer import One, Rows
from cli.render.fields import lists_of
from cli.render.forms import Form
from cli.session import Session
from graph.errors import NotFoundError
from graph.spelling import did_you_mean


def sectioned(session: Session, answer: One, name: str | None) -> One | Rows:
    """Return the section called `name` of the answer as rows; the answer itself where none is named.

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
    if wanted not in lists:
        todo = did_you_mean(
            wanted, lists, otherwise=f"there are {', '.join(lists)}" if lists else "drop --section"
        )
        raise NotFoundError("has no such section", where=name, todo=todo)
    rows = lists[wanted]
    return Rows(rows.columns, rows.values, answer.scope, exit_code=answer.exit_code)
