"""The rules of the house, each with the sentence what to do instead.

`python tests/house/test_house.py` prints the longest files and functions, so that they are looked at.
"""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "bookkeeper"
RESOURCES = ROOT / "resources"

LONGEST = 500
TABLES_OF_DATA = ("bookkeeper/store/tables/",)
FOUND_BY_NAME = ("registers", "audit.checks", "cli", "desktop.pages", "store.migrations", "rules.schedules")

NO_MODULE = set("utils helpers common misc base manager core types models constants".split())  # noqa: SIM905 - reads better
NAME_IT = "what is in it belongs to the thing that it helps: move it there, or name the file by the trade's word"

EXACT = ("rules", "ledger", "books", "registers")  # rooms in which an amount is never rounded
DOCUMENTED = ("rules", "ledger", "books", "commands", "report")

JOURNAL = {"voucher", "posting", "link"}
DOOR = {"bookkeeper/ledger/post.py", "bookkeeper/ledger/chain.py"}
RAW = re.compile(r"\b(INSERT|REPLACE|UPDATE|DELETE)\b(?:\s+OR\s+\w+)?(?:\s+(?:INTO|FROM))?\s+\W?(\w+)")

# Written with a class of one letter, so that this file does not hold what it looks for.
UNFINISHED = re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X])\b")
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:work|home|root|opt|Users)/\w|\b[A-Z]:\\+Users\b")
REGISTRY = re.compile(r"\bpy[p]i\.(?:python\.)?org|python[h]osted\.|\bnpm[j]s\.|artifact[o]ry", re.IGNORECASE)


@cache
def source(file: Path) -> str:
    return file.read_text(encoding="utf-8")


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(source(file))


def short(file: Path) -> str:
    return file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else file.name


def python_files(*rooms: str) -> list[Path]:
    """Return the package's files, or those of some rooms (a room may be a single file)."""
    folders = [PACKAGE / room for room in rooms] or [PACKAGE]
    files = {
        file for folder in folders for file in [*folder.rglob("*.py"), folder.with_suffix(".py")] if file.is_file()
    }
    return sorted(files)


@cache
def tracked() -> tuple[Path, ...]:
    """Return what is in the repository, or would be with the next `git add`."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    names = listed.stdout.split("\0") if listed.returncode == 0 else [short(file) for file in python_files()]
    return tuple(file for name in names if name and (file := ROOT / name).is_file())


def lines_matching(pattern: re.Pattern[str]) -> Iterator[str]:
    for file in tracked():
        if file.suffix == ".books":
            continue  # only SQLite opens books
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a font, a picture, or a bad input on purpose
        for number, line in enumerate(text.splitlines(), 1):
            if pattern.search(line):
                yield f"{short(file)}:{number}: {line.strip()[:100]}"


def longest_files() -> list[tuple[int, str]]:
    files = ((source(file).count("\n"), short(file)) for file in python_files())
    return sorted((found for found in files if not found[1].startswith(TABLES_OF_DATA)), reverse=True)


def longest_functions() -> list[tuple[int, str]]:
    return sorted(
        (
            ((node.end_lineno or node.lineno) - node.lineno + 1, f"{short(file)}:{node.lineno} {node.name}")
            for file in python_files()
            for node in ast.walk(tree(file))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ),
        reverse=True,
    )


def test_no_file_is_too_long() -> None:
    print("\n".join(f"{lines:5} {name}" for lines, name in longest_files()[:3] + longest_functions()[:3]))
    over = [f"{name}: {lines} lines" for lines, name in longest_files() if lines > LONGEST]
    assert not over, f"over {LONGEST} lines: which second trade is in it? Give that a file of its own"


def test_modules_are_named_by_the_trade() -> None:
    files = [file for folder in (PACKAGE, ROOT / "benchmarks", ROOT / "tests") for file in folder.rglob("*.py")]
    bad = [short(file) for file in files if NO_MODULE & {file.stem, *file.relative_to(ROOT).parts[:-1]}]
    assert not bad, NAME_IT


def inexact(node: ast.AST) -> str | None:
    match node:
        case ast.Call(func=ast.Name(id="round" | "float" as name)):
            return f"{name}("
        case ast.Attribute(attr="quantize"):
            return ".quantize"
        case ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div()):
            return "/"
    return None


def test_only_money_rounds() -> None:
    bad = [
        f"{short(file)}:{getattr(node, 'lineno', 0)}: {what}"
        for file in python_files(*EXACT)
        if file != PACKAGE / "rules" / "money.py"
        for node in ast.walk(tree(file))
        if (what := inexact(node))
    ]
    assert not bad, "stay exact with Fraction(a, b); round once, at the end, with rules.money.rounded; share with allot"


def journal_table(node: ast.expr | None) -> str | None:
    """Return the journal's table that an expression such as `posting` or `journal.posting` names."""
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return name if name in JOURNAL else None


def journal_writes(file: Path) -> Iterator[tuple[str, str]]:
    """Find what writes to the journal: insert(posting), posting.insert(), or the same as SQL."""
    for node in ast.walk(tree(file)):
        match node:
            case ast.Call(func=ast.Name(id="insert" | "update" | "delete" as act), args=[table, *_]):
                pass
            case ast.Call(func=ast.Attribute(attr="insert" | "update" | "delete" as act, value=owner), args=args):
                of_the_library = isinstance(owner, ast.Name) and owner.id in {"sqlalchemy", "sa", "sqlite"}
                table = args[0] if of_the_library and args else owner
            case ast.Constant(value=str(text)):
                for act, name in RAW.findall(text):
                    if name in JOURNAL:
                        yield act.lower(), f"{short(file)}:{node.lineno}: {act} {name}"
                continue
            case _:
                continue
        if name := journal_table(table):
            yield act, f"{short(file)}:{node.lineno}: {act} {name}"


def test_one_door_to_the_journal() -> None:
    bad = [
        where
        for file in python_files()
        if not short(file).startswith("bookkeeper/store/migrations/")  # a migration copies what is there
        for act, where in journal_writes(file)
        if not (act == "insert" and short(file) in DOOR)
    ]
    assert not bad, "post vouchers through ledger.post; what is posted is never updated or deleted, but reversed"


@pytest.mark.parametrize(
    ("written", "acts"),
    [
        ("tx.run(insert(posting), rows)", ["insert"]),
        ("tx.run(journal.voucher.insert())", ["insert"]),
        ("sa.delete(journal.link)", ["delete"]),
        ("update(tables.posting).values(paise=0)", ["update"]),
        ("run('INSERT OR REPLACE INTO voucher VALUES (?)')", ["insert"]),
        ("run(f'DELETE FROM posting WHERE {day}')", ["delete"]),
        ("run('UPDATE link SET hash = NULL')", ["update"]),
        ("insert(member); postings.insert(0, posting); seen.update(voucher)", []),
        ("run('CREATE TRIGGER kept BEFORE UPDATE ON voucher')", []),
    ],
)
def test_the_search_for_writes_to_the_journal_sees(tmp_path: Path, written: str, acts: list[str]) -> None:
    (tmp_path / "act.py").write_text(written, encoding="utf-8")
    assert [act for act, _ in journal_writes(tmp_path / "act.py")] == acts


@pytest.mark.parametrize("written", ["round(a)", "float(a)", "a.quantize(b)", "a / b", "a /= b"])
def test_the_search_for_rounding_sees(written: str) -> None:
    assert any(inexact(node) for node in ast.walk(ast.parse(written)))


def test_every_toml_is_valid() -> None:
    bad = {}
    for file in sorted(RESOURCES.rglob("*.toml")):
        try:
            tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            bad[short(file)] = str(error)
    assert not bad


def test_every_package_says_what_lives_there() -> None:
    folders = {file.parent for file in python_files() if "versions" not in file.parts}
    bad = [
        short(folder)
        for folder in sorted(folders)
        if not (folder / "__init__.py").is_file() or not ast.get_docstring(tree(folder / "__init__.py"))
    ]
    assert not bad, "write __init__.py with a docstring: what lives here, what does not, who may call"


def test_public_functions_have_docstrings() -> None:
    bad = [
        f"{short(file)}:{node.lineno}: {node.name}"
        for file in python_files(*DOCUMENTED)
        for node in tree(file).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert not bad, "say the units, the sign, what it refuses, and for a formula its source and page"


def test_nothing_is_left_for_later() -> None:
    assert not list(lines_matching(UNFINISHED)), "do it, or open an issue"


def test_no_machine_is_named() -> None:
    assert not list(lines_matching(MACHINE_PATH)), "a path of one machine is wrong on every other: say it relatively"
    assert not list(lines_matching(REGISTRY)), "the user's pip knows where packages come from"


def test_the_lock_is_what_pyproject_asks_for() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    bad = [
        asking
        for asking in asked
        if locked.get(re.sub(r"\[.*\]|==.*", "", asking).lower().replace("_", "-")) != asking.partition("==")[2]
    ]
    assert not bad, "run `make lock`"
    blocks = re.split(r"\n(?=[a-z0-9])", lock)[1:]
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"://|index-url|find-links|trusted-host", lock), "no host and no path in the lock"


def module_name(file: Path) -> str:
    return short(file).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imported(file: Path) -> Iterator[str]:
    """Yield each module that a file imports or names in full (importlib.import_module), and what it takes from it."""
    package = module_name(file).split(".")
    if file.name != "__init__.py":
        package.pop()
    for node in ast.walk(tree(file)):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                above = package[: len(package) - level + 1] if level else []
                origin = ".".join([*above, *([module] if module else [])])
                yield origin
                yield from (f"{origin}.{alias.name}" for alias in names)
            case ast.Constant(value=str(text)) if text.startswith("bookkeeper."):
                yield text


def test_no_module_is_dead() -> None:
    files = [
        *python_files(),
        *(ROOT / "benchmarks").rglob("*.py"),
    ]  # the generator of books serves practice and measure
    living = {name for file in files for name in imported(file)}
    by_name = tuple(f"bookkeeper.{room}." for room in FOUND_BY_NAME)
    dead = [
        name
        for file in python_files()
        if file.name not in {"__init__.py", "__main__.py"}
        and (name := module_name(file)) not in living
        and not name.startswith(by_name)
    ]
    assert not dead, "nobody imports it: use it or delete it"


if __name__ == "__main__":
    print("longest files and functions:")
    for lines, name in longest_files()[:3] + longest_functions()[:3]:
        print(f"{lines:5} {name}")
