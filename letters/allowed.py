"""What a template may say: a short list of constructs, so that no file in an office's folder can run away or reach outside.

A template names facts, asks whether they are there, goes through a list, includes a part. All else that Jinja knows (arithmetic, calls,
macros, assignments, other filters) is refused when the file is read, with its line: what cannot multiply needs no limit of time or
memory. Loops stand in each other no deeper than two, includes no deeper than two and never in a circle.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
OWN = ("self", "super", "caller", "varargs", "kwargs")  # names that the language has of its own
DEEPEST, MOST_QUESTIONS = 2, 300


def faults(tree: nodes.Template, parts: Mapping[str, nodes.Template]) -> Iterator[tuple[int, str]]:
    """What a template says that none may say: line and words for people. ``parts`` are the files it may include, parsed."""
    if sum(1 for _ in tree.find_all(nodes.If)) > MOST_QUESTIONS:
        yield 1, f"问得太多，最多{MOST_QUESTIONS}处“如果”"
        return
    yield from _of(tree, parts, 0, ())


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
