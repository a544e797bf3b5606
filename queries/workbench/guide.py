"""The guide that the Browser opens after the log-in: the built-in questions by topic, each a click away.

A click on a block puts its text into the editor. The parameters of a question are a block of their own, because
the Browser shows no result for several statements at once.
"""

from collections.abc import Iterable, Iterator
from html import escape

from queries.catalog import CATALOG, TOPICS
from queries.workbench.examples import as_map, fitting
from queries.workbench.favorites import FAVORITES
from queries.workbench.links import Pasteable
from queries.workbench.pictures import PICTURES, Picture, picture


def guide(*, served: bool = False) -> str:
    """Return the guide as the HTML fragment that `:guide` opens beside the editor.

    Args:
        served: whether the archive of favorites lies beside the Browser, as on the local server.
    """
    slides = [
        _slide(
            "Sightline", [_WELCOME, _favorites(served=served), _topics(), _one_click(picture("technique"))]
        ),
        _slide("The graph", [_MODEL, _one_click(picture("model")), _RELEASES]),
        _slide("Pictures", map(_entry, PICTURES)),
    ]
    questions = list(CATALOG.values())
    for name, topic in TOPICS.items():
        slides.append(_slide(topic.title, [_entry(each) for each in questions if each.topic == name]))
    return '<article class="guide">\n<carousel class="deck container-fluid">\n{}\n</carousel>\n</article>\n'.format(
        "\n".join(slides)
    )


_WELCOME = """<p class="lead">Detection coverage over MITRE ATT&amp;CK.</p>
<p>Each topic is a page of its own; the numbers below lead to them.</p>
<p>A click on a block types it into the editor; run it there. Most questions have two blocks: the first sets the
parameters, the newest loaded release among them; the second asks. Change an identifier in the first, run both.</p>
<p>Pictures are drawn. The other questions answer with a table, as <code>sightline query NAME</code> does.</p>
<p>Colors and captions come with the log-in; <code>:style reset</code> takes them off until the next one.</p>"""

_MODEL = """<p>One node of each kind around T1528. Official content is what ATT&amp;CK publishes, release by release.
Evidence claims an identifier (AttackId), which resolves to a technique of each release, also through its successors.
What is yours, environments and annotations, points at both.</p>"""

_RELEASES = """<p>Every object belongs to one release. <code>MATCH (t:Technique {attack_id: 'T1528'})</code> therefore
finds one for each loaded release: name it too, as in
<code>{attack_id: 'T1528', release: 'enterprise-attack@18.1'}</code>, or ask <code>RETURN t.release</code>.
Captions show it while several are loaded.</p>"""


def _favorites(*, served: bool) -> str:
    """Return how every question becomes a favorite; the Browser reads its own only when its page is opened."""
    file = f'<a href="{FAVORITES}">{FAVORITES}</a>' if served else f"<code>{FAVORITES}</code>"
    origin = "" if served else ", which <code>sightline browser --export DIR</code> writes,"
    return f"<p>Favorites: drop {file}{origin} on this page, and every question is there with its parameters.</p>"


def _topics() -> str:
    names = ["The graph", "Pictures", *(topic.title for topic in TOPICS.values())]
    return f'<ol start="2">{"".join(f"<li>{escape(name)}</li>" for name in names)}</ol>'


def _one_click(shown: Picture) -> str:
    """Return a picture as one block that needs no parameters: what it is about is looked up."""
    return (
        f"<h4>{escape(shown.file.title)}</h4>\n{_block(shown.literal(as_map(fitting(shown.file.example))))}"
    )


def _slide(title: str, entries: Iterable[str]) -> str:
    body = "\n".join(entries)
    return f'<slide class="row-fluid">\n<div class="col-sm-12">\n<h3>{escape(title)}</h3>\n{body}\n</div>\n</slide>'


def _entry(question: Pasteable) -> str:
    file = question.file
    lines = [f"<h4>{escape(file.title)}</h4>", f"<p>{escape(file.question)}</p>"]
    if file.placeholders:
        lines.append(_block("\n".join(parameter_lines(file.example))))
    lines.append(_block(f"// {file.title}\n{file.statement}"))
    return "\n".join(lines)


def parameter_lines(example: str) -> Iterator[str]:
    """Yield the commands that set the parameters of a header's map, fitting what is loaded."""
    for name, value in fitting(example).items():
        yield f":param {name} => {value};"


def _block(text: str) -> str:
    return f'<pre mode="cypher" class="pre-scrollable code runnable standalone-example">{escape(text)}</pre>'
