"""Shared libraries of the frozen folder on Linux: which are missing, and which come from the system."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from deblur_app.core.program.components import Component

_ELF = b"\x7fELF"
_FOUND = re.compile(r"^\s*(\S+) => (/\S+)", re.MULTILINE)
_MISSING = re.compile(r"^\s*(\S+) => not found", re.MULTILINE)
_GLIBC = re.compile(r"GLIBC_(\d+)\.(\d+)")
_NEEDED = re.compile(r"^\s*NEEDED\s+(\S+)", re.MULTILINE)
LOADERS = ("/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1")
"""The system's loader: asked directly it tells what `ldd` tells, without a shell for each of 900 files."""
_LOADER = re.compile(r"^(ld-linux|linux-vdso)")


@dataclass(frozen=True)
class Libraries:
    """The shared libraries that programs of a folder ask for.

    Attributes:
        missing: Names that nothing has, each with the files that ask for it.
        outside: Files of the system that are loaded from there.
        bundled: Files of the folder that came from packages of the system.
        glibc: The oldest version of the C library that all of them can do with.
    """

    missing: dict[str, list[str]]
    outside: set[Path]
    bundled: set[Path]
    glibc: tuple[int, int]


def examine(folder: Path, inner: Path) -> Libraries:
    """Ask the system's loader for what each program and library of a folder would load.

    Args:
        folder: The frozen folder.
        inner: The folder within it in which the programs look for libraries first.
    """
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink() and is_elf(path)]
    missing: dict[str, list[str]] = {}
    outside: set[Path] = set()
    environment = {**os.environ, "LD_LIBRARY_PATH": str(inner)}
    loader = next(path for path in LOADERS if Path(path).exists())
    versions = [(int(a), int(b)) for head in _headers(files).values() for a, b in _GLIBC.findall(head)]
    for file in files:
        command = [loader, "--list", str(file)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        for name in _MISSING.findall(done.stdout):
            # What a wheel keeps beside a library has been loaded by the module that asks for both.
            if not (file.parent / name).exists():
                missing.setdefault(name, []).append(str(file.relative_to(folder)))
        found = {name: Path(path) for name, path in _FOUND.findall(done.stdout) if not _LOADER.match(name)}
        outside |= {path for path in found.values() if not path.resolve().is_relative_to(folder.resolve())}
    own = [path for path in inner.glob("*.so*") if path.is_file() and not path.is_symlink()]
    bundled = {path for path in own if package_of(path.name)[0]}
    return Libraries(missing, outside, bundled, max(versions, default=(2, 0)))


def remove_unneeded(folder: Path, inner: Path) -> list[str]:
    """Remove libraries at the top of the inner folder that nothing in the folder asks for; return their names.

    PyInstaller takes what a plugin asks for before the plugin is left out.
    """
    top = {path.name: path for path in inner.glob("*.so*")}
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink() and is_elf(path)]
    asked = needed_names(files)
    todo = [path for path in files if path.parent != inner or ".cpython-" in path.name]
    needed: set[str] = {path.name for path in todo}
    while todo:
        names = asked.get(todo.pop(), set()) - needed
        needed |= names
        todo += [top[name].resolve() for name in names if name in top]
    # The programs load Python's own library by its name.
    unneeded = sorted(name for name in top if name not in needed and not name.startswith("libpython"))
    for name in unneeded:
        top[name].unlink()
    return unneeded


@cache
def package_of(name: str) -> tuple[str, str]:
    """Return Debian's package, and its version, in which a library of this name is; ("", "") where there is none."""
    owner = subprocess.run(["dpkg-query", "-S", f"*/{name}"], capture_output=True, text=True, check=False).stdout
    packages = {line.partition(": ")[0].split(",")[0] for line in owner.splitlines() if line.endswith(f"/{name}")}
    packages = {package for package in packages if not package.startswith("diversion")}
    if not packages:
        return "", ""
    package = sorted(packages)[0]
    form = "${Package} ${source:Version}"
    shown = subprocess.run(
        ["dpkg-query", "-W", "-f", form, package], capture_output=True, text=True, check=False
    ).stdout
    plain, _, version = shown.partition(" ")
    return plain, version


def system_components(libraries: Libraries) -> list[Component]:
    """Return the packages of the system from which libraries were bundled, with the texts of their licences."""
    components = {}
    for path in libraries.bundled:
        package, version = package_of(path.name)
        text = Path("/usr/share/doc", package, "copyright")
        texts = (str(text),) if text.is_file() else ()
        components[package] = Component(
            package, version, _licences_in(text), f"https://packages.debian.org/{package}", "system library", texts
        )
    return [components[name] for name in sorted(components)]


def _licences_in(text: Path) -> str:
    """Return the names of the licences in a copyright file of Debian's."""
    if not text.is_file():
        return "not named"
    names = re.findall(r"^License: *(\S[^\n]*)", text.read_text(encoding="utf-8", errors="replace"), re.MULTILINE)
    return " AND ".join(dict.fromkeys(names)) or "see its text"


def needed_names(files: list[Path]) -> dict[Path, set[str]]:
    """Return the names of the libraries that each file asks for."""
    return {path: set(_NEEDED.findall(head)) for path, head in _headers(files).items()}


def is_elf(path: Path) -> bool:
    """Return whether a file is a program or a library of Linux."""
    with path.open("rb") as file:
        return file.read(4) == _ELF


def _headers(files: list[Path]) -> dict[Path, str]:
    """Return the headers of files of programs and libraries, as `objdump -p` writes them."""
    text = subprocess.run(["objdump", "-p", *map(str, files)], capture_output=True, check=False).stdout.decode(
        errors="replace"
    )
    parts = re.split(r"^(/.*):\s+file format .*$", text, flags=re.MULTILINE)[1:]
    return {Path(name).resolve(): head for name, head in zip(parts[::2], parts[1::2], strict=True)}
