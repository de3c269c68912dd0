"""Who may import what, and that the core runs where there is no Home Assistant."""

import ast
from collections.abc import Iterator
from pathlib import Path
import subprocess
import sys

from .places import CORE, ROOT

# Third-party packages the core may use at run time, and the package it does so in.
ADAPTERS = {
    "aioftp": ("delivery",),
    "modbus_connection": ("bus",),
    "sqlalchemy": ("archive",),
    "yaml": ("catalogue", "inventory"),
}
WITHOUT_HOME_ASSISTANT = """
import importlib, pkgutil, sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"homeassistant", "voluptuous", "probatio"}:
            raise ImportError(f"{name} is not here")

sys.meta_path.insert(0, Absent())
core = importlib.import_module("custom_components.legrand_ews.ews")
for module in pkgutil.walk_packages(core.__path__, core.__name__ + "."):
    importlib.import_module(module.name)
    print(module.name)
"""


def imports(path: Path) -> Iterator[tuple[int, int, str]]:
    """Yield line, level (0 = absolute) and module of every import in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, 0, alias.name
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.level, node.module or ""


def test_every_module_of_the_core_imports_without_home_assistant() -> None:
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_HOME_ASSISTANT],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    imported = set(run.stdout.split())
    prefix = "custom_components.legrand_ews.ews"
    expected = {
        ".".join([prefix, *path.relative_to(CORE).with_suffix("").parts])
        for path in CORE.rglob("*.py")
        if path.name != "__init__.py"
    }
    assert expected <= imported


def test_the_core_leaves_its_folder_only_for_the_libraries_of_its_adapters() -> None:
    problems = []
    for path in sorted(CORE.rglob("*.py")):
        inside = path.relative_to(CORE)
        for line, level, module in imports(path):
            place = f"{inside}:{line} imports {'.' * level}{module}"
            if level:
                # The folder of `ews/a/b.py` is one level up, `ews` itself two.
                if level > len(inside.parts):
                    problems.append(f"{place}: outside the core")
                continue
            top = module.partition(".")[0]
            if top in sys.stdlib_module_names:
                continue
            if inside.parts[0] not in ADAPTERS.get(top, ()):
                problems.append(f"{place}: not allowed here")
    assert problems == []


def test_import_contracts_are_kept() -> None:
    run = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_no_python_package_lacks_its_init_file() -> None:
    """Tools that follow imports pass over a folder without one."""
    missing = {
        path.parent
        for folder in ("custom_components", "simulator", "benchmarks", "tests")
        for path in (ROOT / folder).rglob("*.py")
        if not (path.parent / "__init__.py").exists()
    }
    assert missing == set()
