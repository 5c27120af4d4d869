"""A page as a tree: what is text stays text, whatever is written in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeAlias
from xml.etree import ElementTree

from scenarios.errors import printable
from tui.about import version

Node: TypeAlias = ElementTree.Element
Part: TypeAlias = "Node | str | None"
_STYLE = Path(__file__).with_name("style.css")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Nothing is fetched and nothing is run, whatever the page says."""


def element(tag: str, *parts: Part, **attributes: str) -> Node:
    """An element. `None` is left out; of an attribute's name `_` becomes `-`, at the end nothing.

    Texts of scenarios, learners and models only ever come in as `parts` or values of attributes:
    both are escaped where the tree is written.
    """
    named = {key.rstrip("_").replace("_", "-"): _text(value) for key, value in attributes.items()}
    node = ElementTree.Element(tag, named)
    for part in parts:
        if isinstance(part, str):
            _append(node, _text(part))
        elif part is not None:
            node.append(part)
    return node


def _text(text: str) -> str:
    return printable(text).replace("\t", "    ")


def _append(node: Node, text: str) -> None:
    if len(node):
        node[-1].tail = (node[-1].tail or "") + text
    else:
        node.text = (node.text or "") + text


def paragraph(*parts: Part, class_: str = "") -> Node:
    return element("p", *parts, **({"class_": class_} if class_ else {}))


def figure_of(name: str, value: float | None, shown: str) -> Node:
    """A figure of a run: `value` is what it is, `shown` what people read, `name` which it is."""
    if value is None:
        return element("span", shown, class_="none")
    return element("data", shown, value=repr(float(value)), data_of=name)


def section(id_: str, title: str, *parts: Part) -> Node:
    """A part of the page with a heading; nothing where there is nothing to say."""
    heading = element("h2", title, id=f"{id_}-title")
    return element("section", heading, *parts, id=id_, aria_labelledby=f"{id_}-title")


def table(
    caption: str,
    head: Sequence[str],
    rows: Iterable[Sequence[Part]],
    *,
    numbers: Sequence[int] = (),
) -> Node:
    """A table whose first column names its rows; `numbers` are the columns of figures."""

    def cell(tag: str, place: int, part: Part, **scope: str) -> Node:
        return element(tag, part, **({"class_": "number"} if place in numbers else {}), **scope)

    first = element("tr", *(cell("th", i, text, scope="col") for i, text in enumerate(head)))
    body = [
        element(
            "tr", cell("th", 0, row[0], scope="row"),
            *(cell("td", i, part) for i, part in enumerate(row[1:], 1)),
        )
        for row in rows
    ]  # fmt: skip
    whole = element(
        "table", element("caption", caption), element("thead", first), element("tbody", *body)
    )
    # What is wider than the window scrolls, by keyboard too.
    return element("div", whole, class_="scroll", tabindex="0", role="region", aria_label=caption)


def written(text: str, class_: str = "written") -> Node:
    """A text as it was written, lines and all."""
    return element("div", text.strip("\n"), class_=class_)


def page(title: str, header: Sequence[Part], sections: Sequence[Node], footer: str) -> str:
    """The whole file. The contents list every section by its heading."""
    style = element("style")
    style.text = _STYLE.read_text("utf-8")
    head = element(
        "head", element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="generator", content=f"Unreliable Intern {version()}"),
        element("title", title), style,
    )  # fmt: skip
    contents = element("ol", *(
        element("li", element("a", "".join(part[0].itertext()), href=f"#{part.get('id')}"))
        for part in sections
    ))  # fmt: skip
    body = element(
        "body", element("a", "To the report", class_="skip", href="#report"),
        element("header", *header), element("nav", contents, aria_label="Contents"),
        element("main", *sections, id="report"), element("footer", paragraph(footer)),
    )  # fmt: skip
    whole = element("html", head, body, lang="en")
    text = ElementTree.tostring(whole, encoding="unicode", method="html")
    return f"<!DOCTYPE html>\n{text}\n"
