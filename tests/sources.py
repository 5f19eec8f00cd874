"""The project's own files, as tests about style read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("postpartum_portal", "eligibility", "applications", "facilities")
OTHERS = ("tests", "scripts", "bench")
TEMPLATES = ROOT / "templates"


def modules(*folders: str) -> list[Path]:
    """Python files of ours below these folders, migrations left out."""
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if not {"migrations", "__pycache__"} & set(path.parts)
    ]


def templates(pattern: str = "*.html") -> list[Path]:
    return sorted(TEMPLATES.rglob(pattern))


def shown(path: Path) -> str:
    """How a file is called in a message."""
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Line and value of every string that the code uses; docstrings and bare strings are words to the reader."""
    bare = {id(node.value) for node in ast.walk(tree(path)) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.lineno, node.value


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call with its dotted name as written, such as `mail.post`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def text_of(node: ast.expr, path: Path) -> str | None:
    """The string that an argument is, written out or as a constant of its module; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Name):
        for statement in tree(path).body:
            if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == node.id:
                return text_of(statement.value, path)
    return None
