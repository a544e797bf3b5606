"""An answer as people read it: rows as a table, one object as a card."""

from cli.answer import One, Rows
from cli.render import card, table, tree
from cli.render.screen import Screen
from cli.render.visible import visible


def render(answer: Rows | One, screen: Screen) -> str:
    """Return the answer laid out for `screen`; rows give way to the table or tree that they have for people."""
    if isinstance(answer, One):
        return card.render(answer, screen)
    if answer.tree:
        return tree.render(answer.tree, screen)
    rows = answer.table or answer
    text = table.render(rows, screen)
    return f"{text}\n{visible(rows.total)}\n" if rows.total and text else text
