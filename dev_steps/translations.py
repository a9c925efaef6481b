"""The translations of the window: from the code into Qt's .ts files, and from those into the .qm files it loads."""

from __future__ import annotations

from pathlib import Path

from dev_steps.console import run

FOLDER = Path("resources", "translations")
"""The folder of both kinds of files, below that of the project."""

SOURCES = ("deblur_app", "training")
"""The packages whose texts are translated."""

OPTIONS = (
    "-silent", "-no-obsolete", "-sort-messages", "-locations", "none",
    "-tr-function-alias", "tr+=tr_count,tr+=tr_later",  # the functions of deblur_app/core/texts.py
)  # fmt: skip


def update(python: Path, root: Path, languages: list[str]) -> int:
    """Bring the .ts files up to date with the code, and make the .qm files; returns the exit code of what failed first.

    Args:
        python: The interpreter that has PySide6.
        root: The folder of the project.
        languages: Codes of languages that are new, such as “fr”.
    """
    catalogs = {*(root / FOLDER).glob("deblur_*.ts"), *(root / FOLDER / f"deblur_{code}.ts" for code in languages)}
    (root / FOLDER).mkdir(exist_ok=True)
    return collect(python, root, sorted(catalogs)) or compile_catalogs(python, sorted(catalogs))


def collect(python: Path, root: Path, catalogs: list[Path]) -> int:
    """Put the texts of the code into catalogs: new ones are added as unfinished, those that are gone removed."""
    sources = sorted(str(path.relative_to(root)) for name in SOURCES for path in (root / name).rglob("*.py"))
    return _run_tool(python, "lupdate", *OPTIONS, *sources, "-ts", *catalogs, cwd=root)


def compile_catalogs(python: Path, catalogs: list[Path]) -> int:
    """Make the .qm file beside each catalog."""
    codes = (_run_tool(python, "lrelease", "-silent", each, "-qm", each.with_suffix(".qm")) for each in catalogs)
    return next((code for code in codes if code), 0)


def _run_tool(python: Path, name: str, *arguments: str | Path, cwd: Path | None = None) -> int:
    """Run a tool of Qt; by its module, because the scripts beside the interpreter break when their folder is moved."""
    command = f"from PySide6.scripts.pyside_tool import {name}; {name}()"
    return run([python, "-c", command, *arguments], cwd=cwd)
