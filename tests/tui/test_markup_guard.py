"""No text that is not a literal reaches a place where Textual parses markup, or a terminal listens.

The source of the screens is read, not run: what is handed to a sink has to be a literal, content
that was made by `plain` (or by what is made of it), or be marked `markup=False`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

TUI = Path(__file__).parents[2] / "tui"

EVERY = -1
SINKS: dict[str, tuple[int, ...]] = {
    # What parses its text as markup, and where it takes it.
    "Static": (0,), "Label": (0,), "Button": (0,), "Option": (0,), "Checkbox": (0,),
    "RadioButton": (0,), "Tab": (0,), "TabPane": (0,), "Tree": (0,), "Link": (0,),
    "Selection": (0,), "Collapsible": (), "SystemCommand": (0, 1), "DiscoveryHit": (0,),
    "notify": (0,), "update": (0,), "add_row": (EVERY,), "add_rows": (EVERY,),
    "add_column": (0,), "add_columns": (EVERY,), "add_option": (0,), "add_options": (0,),
    "set_options": (0,), "add_leaf": (0,), "set_label": (0,), "update_cell": (2,),
    "update_cell_at": (1,), "replace_option_prompt": (1,),
    "replace_option_prompt_at_index": (1,), "with_tooltip": (0,), "from_markup": (0,),
    # What parses none, and hands control codes on.
    "Content": (0,), "Text": (0,), "styled": (0,), "assemble": (EVERY,),
}  # fmt: skip
RAW = {"Content", "Text", "styled", "assemble"}
WORDS = {"label", "content", "prompt", "title", "tooltip", "message"}
"""Keywords by which a sink takes text."""
TITLES = {"border_title", "border_subtitle", "tooltip", "label"}
MAKERS = {"plain", "lines", "printable", "len", "escape"}
"""What makes safe text; functions that say they give Content are found in the source."""
KEEPERS = {"join", "stylize", "stylize_before", "truncate", "rstrip", "pad_right", "from_meta"}
"""Methods of content that give content."""
CONTENT = {"Content", "Option", "Text", "Said"}


class Guard(ast.NodeVisitor):
    """Collects what is unsafe in one module."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.found: list[tuple[int, str]] = []
        self._scopes: list[ast.AST] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._scopes.append(node)
        self.generic_visit(node)
        self._scopes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        name = _name(node.func)
        if name in SINKS and not _is(node, "markup", False):
            for value in self._texts(node, SINKS[name]):
                if not self.safe(value):
                    self.found.append((value.lineno, f"{name}({ast.unparse(value)})"))
        elif name not in SINKS and name != "Binding":
            for keyword in node.keywords:
                if keyword.arg == "tooltip" and not self.safe(keyword.value):
                    self.found.append((node.lineno, f"{name}(tooltip=...)"))
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            if not isinstance(target, ast.Attribute) or target.attr not in TITLES:
                continue
            own = target.attr == "label" and _name(target.value) == "self"
            if not own and not self.safe(node.value):
                self.found.append((node.lineno, ast.unparse(node)))
        self.generic_visit(node)

    @staticmethod
    def _texts(node: ast.Call, where: Sequence[int]) -> Iterator[ast.expr]:
        if EVERY in where:
            yield from node.args
        else:
            yield from (node.args[place] for place in where if place < len(node.args))
        yield from (word.value for word in node.keywords if word.arg in WORDS)

    def safe(self, node: ast.expr | None, seen: frozenset[str] = frozenset()) -> bool:
        """Whether an expression can only be a literal or safe content."""
        match node:
            case None | ast.Constant():
                return True
            case ast.JoinedStr(values=values):
                return all(self.safe(value, seen) for value in values)
            case ast.FormattedValue(value=value):
                escaped = isinstance(value, ast.Name) and self._escaped(value.id)
                return escaped or (isinstance(value, ast.Call) and _name(value.func) == "escape")
            case ast.BoolOp(values=values) | ast.List(elts=values) | ast.Tuple(elts=values):
                return all(self.safe(value, seen) for value in values)
            case ast.BinOp(left=left, right=right) | ast.IfExp(body=left, orelse=right):
                return self.safe(left, seen) and self.safe(right, seen)
            case (
                ast.Starred(value=value) | ast.Subscript(value=value)
                | ast.ListComp(elt=value) | ast.GeneratorExp(elt=value)
            ):  # fmt: skip
                return self.safe(value, seen)
            case ast.Call():
                return self._safe_call(node, seen)
            case ast.Attribute(attr="prompt"):
                # An option's, which was judged when the option was made.
                return True
            case ast.Attribute(attr=name):
                return name in self.known.constants or name in self.known.contents
            case ast.Name(id=name):
                return name in self.known.constants or self._safe_name(name, seen)
            case _:
                return False

    def _safe_call(self, node: ast.Call, seen: frozenset[str]) -> bool:
        name = _name(node.func)
        if name in MAKERS or name in RAW or name in self.known.makers:
            # A raw maker is a sink of its own, and is judged as one.
            return True
        if name == "Option":
            return True
        if name == "map":
            return _name(node.args[0]) in self.known.makers | MAKERS
        if name in KEEPERS and isinstance(node.func, ast.Attribute):
            return self.safe(node.func.value, seen)
        return False

    def _escaped(self, name: str) -> bool:
        """Whether a local name is only ever bound to escaped text."""
        bound = list(_bindings(self._scopes[-1], name)) if self._scopes else []
        return bool(bound) and all(
            isinstance(value, ast.Call) and _name(value.func) == "escape" for value in bound
        )

    def _safe_name(self, name: str, seen: frozenset[str]) -> bool:
        """Whether everything that a local name is ever bound to is safe."""
        if not self._scopes or name in seen:
            return name in seen
        bound = list(_bindings(self._scopes[-1], name))
        return bool(bound) and all(
            value is True or (value is not False and self.safe(value, seen | {name}))
            for value in bound
        )


class Known:
    """What the package as a whole says of its names."""

    def __init__(self, trees: Sequence[ast.Module]) -> None:
        self.constants: set[str] = set()
        self.makers: set[str] = set()
        self.contents: set[str] = set()
        for tree in trees:
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef) and _is_content(node.returns):
                    self.makers.add(node.name)
                elif isinstance(node, ast.AnnAssign) and _is_content(node.annotation):
                    self.contents.add(_name(node.target))
                elif isinstance(node, ast.Module | ast.ClassDef):
                    self.constants |= set(_constants(node))


def _constants(node: ast.Module | ast.ClassDef) -> Iterator[str]:
    for line in node.body:
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant):
            yield from (t.id for t in line.targets if isinstance(t, ast.Name) and t.id.isupper())
        elif isinstance(line, ast.AnnAssign) and isinstance(line.value, ast.Constant):
            yield from (name for name in _names(line.target) if name.isupper())


def _bindings(scope: ast.AST, name: str) -> Iterator[ast.expr | bool]:
    """What a name is bound to in a function; True and False where its annotation says it."""
    for node in ast.walk(scope):
        match node:
            case ast.arg(arg=found, annotation=annotation) if found == name:
                yield _is_content(annotation)
            case ast.AnnAssign(target=ast.Name(id=found), annotation=annotation) if found == name:
                yield _is_content(annotation)
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    if isinstance(target, ast.Name) and target.id == name:
                        yield value
                    elif isinstance(target, ast.Tuple) and name in _names(target):
                        yield False
            case ast.AugAssign(target=ast.Name(id=found), value=value) if found == name:
                yield value
            case ast.NamedExpr(target=ast.Name(id=found), value=value) if found == name:
                yield value
            case (
                ast.For(target=target, iter=source) | ast.comprehension(target=target, iter=source)
            ) if name in _names(target):
                yield source if isinstance(target, ast.Name) else _part(target, source, name)
            case _:
                pass


def _part(target: ast.expr, source: ast.expr, name: str) -> ast.expr | bool:
    """What a part of a tuple is bound to: that part of a zip, or of what is annotated."""
    if isinstance(source, ast.Call) and _name(source.func) == "zip":
        places = [_name(part) for part in getattr(target, "elts", ())]
        return source.args[places.index(name)] if name in places else False
    return source if isinstance(source, ast.Name) else False


def _names(node: ast.expr) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _is_content(annotation: ast.expr | None) -> bool:
    """Whether an annotation speaks of content and of nothing that is parsed."""
    if annotation is None:
        return False
    names = _names(annotation)
    return bool(names & CONTENT) and not names & {"str", "object", "Any"}


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _is(node: ast.Call, word: str, value: object) -> bool:
    return any(
        keyword.arg == word
        and isinstance(keyword.value, ast.Constant)
        and keyword.value.value is value
        for keyword in node.keywords
    )


def _modules() -> list[Path]:
    """The modules that know Textual; `plain` itself is where text is made safe."""
    found = [path for path in TUI.rglob("*.py") if "textual" in path.read_text("utf-8")]
    return [path for path in found if path.name != "plain.py"]


def unsafe(source: str, known: Known | None = None) -> list[tuple[int, str]]:
    """What is unsafe in a module: lines, and what is there."""
    tree = ast.parse(source)
    guard = Guard(known or Known([tree]))
    guard.visit(tree)
    return guard.found


KNOWN = Known([ast.parse(path.read_text("utf-8")) for path in TUI.rglob("*.py")])


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(TUI)))
def test_nothing_dynamic_is_parsed(path: Path) -> None:
    found = unsafe(path.read_text("utf-8"), KNOWN)
    assert not found, "\n".join(f"{path}:{line}: {what}" for line, what in found)


def test_there_are_modules_to_look_at() -> None:
    assert len(_modules()) > 15


@pytest.mark.parametrize(
    "line",
    [
        "Static(text)", "Label(text)", "Button(text)", "Button(label=text)", "Option(text)",
        "Checkbox(text)", "RadioButton(text)", "Tab(text)", "TabPane(text)", "Tree(text)",
        "Link(text)", "Selection(text, 1)", "Collapsible(title=text)", "SystemCommand(text, '', f)",
        "SystemCommand('a', f'{text}', f)", "Static(f'step {text}')", "Static('step ' + text)",
        "Static('a' if text else text)", "Static(text or 'nothing')", "Static('%s' % text)",
        "Static('{}'.format(text))", "Static(str(text))", "Static(text, markup=True)",
        "self.notify(text)", "self.notify(f'{text} is gone')", "self.notify('a', title=text)",
        "widget.update(text)", "table.add_row('a', text)", "table.add_row(*text)",
        "table.add_rows([[text]])", "table.add_column(text)", "table.add_columns(text)",
        "table.update_cell('a', 'b', text)", "table.update_cell_at(place, text)",
        "found.add_option(text)", "found.add_options([text])", "found.set_options(text)",
        "found.replace_option_prompt('a', text)", "node.add_leaf(text)", "node.set_label(text)",
        "widget.with_tooltip(text)", "widget.tooltip = text", "widget.border_title = text",
        "widget.border_subtitle = f'{text}'", "tab.label = text", "FooterKey(tooltip=text)",
        "Content.from_markup(text)", "Content(text)", "Content.styled(text, 'bold')",
        "Content.assemble('a', text)", "Text(text)", "Static(Content(text))",
        "Static(Text(f'{text}'))",
    ],
)  # fmt: skip
def test_the_guard_sees(line: str) -> None:
    assert unsafe(f"def show(self, text: str) -> None:\n    {line}\n")


@pytest.mark.parametrize(
    "line",
    [
        "Static(f'step {escape(text)}')", "Static('literal')", "Static(plain(text))",
        "Static(text, markup=False)", "Plain(text)",
        "Static(lines(plain(text), plain('')))", "Static(plain(text) if text else 'nothing')",
        "self.notify(text, markup=False)", "table.add_row('a', plain(text))",
        "table.add_row(*(plain(cell) for cell in text))", "Text(printable(text))",
        "found.set_options([Option(plain(one)) for one in text])", "widget.border_title = 'a'",
        "widget.border_title = plain(text)", "Static(Content(' ').join([plain(text)]))",
        "Static(plain(text).stylize('bold'))", "Static(made(text))", "tab.label = plain(text)",
        "rows = [plain(text)]; found.add_options(rows)",
    ],
)  # fmt: skip
def test_the_guard_lets_pass(line: str) -> None:
    made = "def made(text: str) -> Content:\n    return plain(text)\n"
    assert not unsafe(f"{made}def show(self, text: str) -> None:\n    {line}\n")
