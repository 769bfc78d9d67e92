"""The layers of the design as a table, and a checker that reads imports with ast."""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGES = ("scheduler", "web")


@dataclass(frozen=True, slots=True)
class Layer:
    """A part of the code and all it may import beside itself and the standard library.

    `name` is a dotted prefix of module names, `imports` are prefixes of our own,
    `libraries` are top-level names of other people's packages.
    """

    name: str
    imports: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()

    def allows(self, target: str) -> bool:
        top_level = target.partition(".")[0]
        if top_level in PACKAGES:
            ours = (self.name, *self.imports)
            return any(_is_inside(target, prefix) for prefix in ours)
        if top_level == "sqlite3":
            return self.name == "scheduler.services"
        return top_level in sys.stdlib_module_names or top_level in self.libraries

    def rule(self) -> str:
        own = ", ".join(self.imports) or "nothing else of ours"
        libraries = ", ".join(self.libraries) or "no library"
        return f"{self.name} may import {own}; {libraries}"


MODEL = "scheduler.model"
CONSTRAINTS = "scheduler.constraints"
EVALUATE = "scheduler.constraints.evaluate"
SOLVER = "scheduler.solver"
TERM = "scheduler.term"
AUDIT = "scheduler.audit"
FORMATS = "scheduler.formats"
DISTRICT = "scheduler.district"
SERVICES = "scheduler.services"
CLI = "scheduler.cli"
VERSION = "scheduler.__version__"
BELOW_SERVICES = (MODEL, CONSTRAINTS, SOLVER, TERM, AUDIT, FORMATS, DISTRICT, VERSION)

LAYERS = (
    Layer(MODEL),
    Layer(CONSTRAINTS, (MODEL,)),
    Layer(SOLVER, (MODEL, CONSTRAINTS), ("pulp", "highspy", "numba", "numpy")),
    Layer(TERM, (MODEL, CONSTRAINTS), ("pandas", "chinese_calendar")),
    Layer(AUDIT, (MODEL, CONSTRAINTS)),
    Layer(
        FORMATS,
        (MODEL, TERM, AUDIT, EVALUATE, VERSION),
        (
            "pandas",
            "openpyxl",
            "icalendar",
            "lxml",
            "python_calamine",
            "tomli_w",
            "cattrs",
        ),
    ),
    Layer(DISTRICT, (MODEL, CONSTRAINTS, SOLVER), ("pandas",)),
    Layer(
        SERVICES,
        BELOW_SERVICES,
        ("sqlalchemy", "alembic", "argon2", "psycopg", "distributed", "dask"),
    ),
    Layer(CLI, (*BELOW_SERVICES, SERVICES, "web"), ("rich",)),
    Layer("scheduler.__main__", (CLI,)),
    # Flask brings werkzeug, markupsafe and itsdangerous and runs under waitress.
    Layer(
        "web",
        (MODEL, SERVICES, VERSION),
        (
            "flask",
            "werkzeug",
            "markupsafe",
            "itsdangerous",
            "segno",
            "waitress",
            "authlib",
            "prometheus_client",
            "joserfc",
            "requests",
        ),
    ),
    # Last, for the shorter prefix: whoever imports any part of a package runs its
    # root module, so an import there would be an arrow from every layer.
    Layer("scheduler"),
)


def forbidden_imports(root: Path) -> list[str]:
    """One line per import below `root` that the table does not allow."""
    return [
        f"{path.relative_to(root).as_posix()}:{line}: {target} is forbidden; "
        f"{layer.rule()}"
        for path in _modules(root)
        for layer in [_layer_of(_module_name(root, path))]
        for line, target in _imports(root, path)
        if not layer.allows(target)
    ]


RULES_FOLDER = "scheduler.constraints.rules"
OWN_RULES = (f"{RULES_FOLDER}.keep_placements", f"{RULES_FOLDER}.fill_class_days")
"""What repair makes for itself, and what counting holes is about."""


def solvers_that_know_rules(root: Path) -> list[str]:
    """Imports of modules of rules below ``scheduler/solver``."""
    return [
        f"{path.relative_to(root).as_posix()}:{line}: {target}"
        for path in _modules(root)
        if _is_inside(_module_name(root, path), SOLVER)
        for line, target in _imports(root, path)
        if _is_inside(target, RULES_FOLDER)
        and not any(_is_inside(target, own) for own in OWN_RULES)
    ]


def folder_circles(root: Path) -> list[str]:
    """Pairs of folders beside one another in a layer that reach each other.

    A folder and one inside it are no pair: what a package gathers may be used below.
    """
    reach = _arrows(root)
    for middle in list(reach):  # Warshall: all that is reached through a folder
        for start in reach:
            if middle in reach[start]:
                reach[start] |= reach[middle]
    return [
        f"{a} <-> {b}"
        for a in sorted(reach)
        for b in sorted(reach[a])
        if a < b and a in reach.get(b, set()) and _are_beside(a, b)
    ]


def _arrows(root: Path) -> dict[str, set[str]]:
    """Folders by the folders beside them that they import from directly."""
    found: dict[str, set[str]] = {}
    modules = {_module_name(root, path): path for path in _modules(root)}
    for name, path in modules.items():
        home = name if path.name == "__init__.py" else name.rpartition(".")[0]
        for _, target in _imports(root, path):
            if target.partition(".")[0] not in PACKAGES:
                continue
            known = target if target in modules else target.rpartition(".")[0]
            whole = known in modules and modules[known].name == "__init__.py"
            other = known if whole else known.rpartition(".")[0]
            if _are_beside(home, other):
                found.setdefault(home, set()).add(other)
                found.setdefault(other, set())
    return found


def _are_beside(a: str, b: str) -> bool:
    return not _is_inside(a, b) and not _is_inside(b, a)


def strays(root: Path) -> list[str]:
    """Modules that belong to no layer of the table."""
    return [
        path.relative_to(root).as_posix()
        for path in _modules(root)
        if _layer_of(_module_name(root, path)).name == "scheduler"
        and path != root / "scheduler" / "__init__.py"
    ]


def long_files(root: Path, limit: int) -> list[str]:
    """Files of code, markup or style with more than `limit` lines; no migrations."""
    lengths = (
        (path, len(path.read_text(encoding="utf-8").splitlines()))
        for package in PACKAGES
        for suffix in ("py", "html", "css", "js")
        for path in sorted((root / package).rglob(f"*.{suffix}"))
    )
    return [
        f"{path.relative_to(root).as_posix()}: {length} lines"
        for path, length in lengths
        if length > limit and path.parent.name != "versions"
    ]


def long_functions(root: Path, limit: int) -> list[str]:
    """Functions with more than `limit` lines, signature and docstring included.

    Migrations are written by a tool and never change.
    """
    return [
        f"{path.relative_to(root).as_posix()}:{node.lineno}: {node.name} {length} lines"
        for path in _modules(root)
        if path.parent.name != "versions"
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and (length := node.end_lineno - node.lineno + 1) > limit
    ]


def _modules(root: Path) -> list[Path]:
    return [
        path for package in PACKAGES for path in sorted((root / package).rglob("*.py"))
    ]


def _module_name(root: Path, path: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _layer_of(module: str) -> Layer:
    return next(layer for layer in LAYERS if _is_inside(module, layer.name))


def _is_inside(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(f"{prefix}.")


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Nodes of a file's syntax tree, parsed once for all that is asked of it."""
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    return tuple(ast.walk(tree))


def _imports(root: Path, path: Path) -> Iterator[tuple[int, str]]:
    """Every import in the file, wherever it stands: (line, full dotted name)."""
    package = path.parent.relative_to(root).parts
    for node in nodes(path):
        match node:
            case ast.Import(names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module, names, level):
                base = package[: len(package) - level + 1] if level else ()
                source = ".".join((*base, *((module,) if module else ())))
                yield from ((node.lineno, f"{source}.{alias.name}") for alias in names)
            case ast.Call(
                func=ast.Name("__import__" | "import_module")
                | ast.Attribute(attr="import_module"),
                args=[ast.Constant(str() as target), *_],
            ):
                yield node.lineno, target


def reads_outside(root: Path) -> list[str]:
    """Lines that lead out of the repository: a bare clone would miss what is there.

    Told by what a file names: more `parents` of itself than it has folders, the parent
    of the root, a text that leads to a folder beside the clone.
    """
    found = []
    for package in (*PACKAGES, "tests"):
        for path in sorted((root / package).rglob("*.py")):
            depth = len(path.relative_to(root).parts)
            name = path.relative_to(root).as_posix()
            found += [
                f"{name}:{node.lineno}: {ast.unparse(node)}"
                for node in nodes(path)
                if isinstance(node, ast.expr) and _leads_out(node, depth)
            ]
    return found


def _leads_out(node: ast.expr, depth: int) -> bool:
    match node:
        case ast.Subscript(
            value=ast.Attribute(value=of, attr="parents"),
            slice=ast.Constant(value=int() as index),
        ):
            return "__file__" in ast.unparse(of) and index >= depth
        case ast.Attribute(value=ast.Name("ROOT"), attr="parent" | "parents"):
            return True
        case ast.Constant(value=str() as text):
            return bool(_BESIDE.search(text))
    return False


_BESIDE = re.compile(r"(^|\.\./)shared($|/)|^/(work|home|root|Users)/")
