"""What a template may say: a short list of constructs, so that no file in an office's folder can run away or reach outside.

A template names facts, asks whether they are there, goes through a list, includes a part. All else that Jinja knows (arithmetic, calls,
macros, assignments, other filters) is refused when the file is read, with its line: what cannot multiply needs no limit of time or
memory. Loops stand in each other no deeper than two, the inner one through a list, includes no deeper than two and never in a circle.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from jinja2 import nodes

SAID = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const, nodes.If, nodes.CondExpr,
    nodes.For, nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or, nodes.Filter, nodes.Test, nodes.Call, nodes.Include,
    nodes.Tuple, nodes.List, nodes.Concat, nodes.Slice,
)  # fmt: skip
FILTERS = ("length", "join", "first", "last", "default", "trim")
TESTS = ("defined", "undefined", "none", "string", "number")
CALLS = ("tick",)
LISTS = (nodes.Name, nodes.Getattr, nodes.Getitem)  # what may be gone through, or joined
LIST_PARTS = ("others", "names")  # of a fact, what is a list
OWN = ("self", "super", "caller", "varargs", "kwargs")  # names that the language has of its own
DEEPEST, MOST_QUESTIONS = 2, 300


def faults(
    tree: nodes.Template, parts: Mapping[str, nodes.Template], lists: Collection[str]
) -> Iterator[tuple[int, str]]:
    """What a template says that none may say: line and words for people. ``parts`` are the files it may include, parsed; ``lists`` the
    facts that are lists."""
    if sum(1 for _ in tree.find_all(nodes.If)) > MOST_QUESTIONS:
        yield 1, f"问得太多，最多{MOST_QUESTIONS}处“如果”"
        return
    yield from _of(tree, parts, 0, ())
    yield from _letter_by_letter(tree, parts, frozenset(lists))


def _letter_by_letter(
    node: nodes.Node, parts: Mapping[str, nodes.Template], lists: frozenset[str], inside: bool = False
) -> Iterator[tuple[int, str]]:
    """Loops within loops that go through a text letter by letter: a long text squared."""
    if isinstance(node, nodes.Include):
        yield from _letter_by_letter(parts[_part(node)], parts, lists, inside)
    if not isinstance(node, nodes.For):
        for child in node.iter_child_nodes():
            yield from _letter_by_letter(child, parts, lists, inside)
        return
    name = _text_gone_through(node.iter, lists)
    if inside and name:
        yield _line(node), f"{name} 不是一列，里面一层的循环不能照着它走"
    bound = {each.name for each in (node.target, *node.target.find_all(nodes.Name)) if isinstance(each, nodes.Name)}
    for child in (*node.body, *node.else_):
        yield from _letter_by_letter(child, parts, lists | bound, inside=True)


def _text_gone_through(gone: nodes.Node, lists: frozenset[str]) -> str:
    """The name of what a loop goes through where it is no list; empty where it is one."""
    match gone:
        case nodes.Name() if gone.name not in lists:
            return gone.name
        case nodes.Getattr() if gone.attr not in LIST_PARTS:
            return gone.attr
    return ""


def _of(
    node: nodes.Node, parts: Mapping[str, nodes.Template], loops: int, within: tuple[str, ...]
) -> Iterator[tuple[int, str]]:
    fault = _fault(node, parts, loops, within)
    if fault:
        yield _line(node), fault
        return
    for child in node.iter_child_nodes():
        yield from _of(child, parts, loops + isinstance(node, nodes.For), within)
    if isinstance(node, nodes.Include):
        name = _part(node)
        for _, inside in _of(parts[name], parts, loops, (*within, name)):
            yield _line(node), f"{name} 里：{inside}"
            return


def _line(node: nodes.Node) -> int:
    """Where a construct stands; the parser leaves those without a line that it makes itself."""
    return node.lineno or 1


def _fault(node: nodes.Node, parts: Mapping[str, nodes.Template], loops: int, within: tuple[str, ...]) -> str:
    """What is wrong with one construct; empty for nothing."""
    match node:
        case nodes.For() if loops == DEEPEST or node.recursive or not isinstance(node.iter, LISTS):
            return "循环只能照着一项事实走，最多两层"
        case nodes.Include():
            name = _part(node)
            if name not in parts:
                return "引用的部分要写明文件名，并且放在同一个文件夹里"
            return "引用绕了圈，或者太深" if name in within or len(within) == DEEPEST else ""
        case nodes.Call() if not (isinstance(node.node, nodes.Name) and node.node.name in CALLS):
            return "不能调用函数"
        case nodes.Filter() if node.name not in FILTERS or (node.name == "join" and not isinstance(node.node, LISTS)):
            return f"不能用过滤器 {node.name}，可以用 {'、'.join(FILTERS)}"
        case nodes.Test() if node.name not in TESTS:
            return f"不能用判断 {node.name}"
        case nodes.Name() if node.name in OWN:
            return f"不能用 {node.name}"
        case _ if not isinstance(node, SAID):
            return f"不能用 {type(node).__name__} 这种语句"
    return ""


def _part(node: nodes.Include) -> str:
    """The file that is included; empty where that is not written out."""
    written = node.template
    return written.value if isinstance(written, nodes.Const) and isinstance(written.value, str) else ""
