"""Puts small libraries in the place of large ones that wheels link to and Deblur has no use for, on Linux.

OpenCV asks for FFmpeg, which reads films, and for an OpenBLAS of its own beside that of SciPy; libheif for x265, which
writes HEIC; Qt for the tables of all languages that ICU knows. Each of these is asked for by name when a module is
loaded, so that a library of that name has to be there.
"""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from installers.libraries import is_elf, needed_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ABSENT = (r"opencv_python_headless\.libs/lib(avcodec|avformat|avutil|swscale)-", r"pillow_heif\.libs/libx265-")
"""Libraries whose functions are replaced by ones that only return 0: Deblur reads no films and writes no HEIC."""
_OPENBLAS, _SCIPY = "opencv_python_headless.libs/libopenblas*.so*", "scipy.libs/libscipy_openblas-*.so"
_ICU = "PySide6/Qt/lib/libicudata.so.*"
_LEFT_OUT_OF_ICU = re.compile(r"^(brkitr|curr|lang|rbnf|region|translit|unit|zone)/|\.cnv$")
"""Names of places, currencies and the like; encodings that files of other programs may have."""
_LOCALE_OF_ICU = re.compile(r"^(?!res_index)[a-z]{2,3}(?:_\w*)?\.res$")
_LANGUAGES = re.compile(r"^(?:de|de_DE|en|en_US)\.res$")
_SYMBOL = re.compile(r"^\s*\d+:\s+\S+\s+\S+\s+(\w+)\s+(?:GLOBAL|WEAK)\s+\w+\s+(\S+)\s+([^\s@]+)@*(\S*)", re.MULTILINE)


def replace_libraries(inner: Path) -> list[str]:
    """Replace what is not used in the inner folder; return the names of the libraries that were replaced.

    Without the tools of binutils, or on other processors than x86-64, all stays as it is; without icupkg the tables.
    """
    if platform.machine() != "x86_64" or not (shutil.which("as") and shutil.which("ld")):
        return []
    return [*replace_absent(inner), *share_openblas(inner), *shorten_icu(inner)]


def replace_absent(inner: Path, patterns: Iterable[str] = ABSENT) -> list[str]:
    """Replace the libraries whose paths match the patterns by ones whose functions return 0; return their names."""
    chosen = re.compile("|".join(patterns))
    files = elf_files(inner)
    replaced = [path for path in files if chosen.search(path.relative_to(inner).as_posix())]
    functions = {path: asked_functions(path, [file for file in files if file not in replaced]) for path in replaced}
    for path, names in functions.items():
        _link_functions(path, names, lambda _: "xorl %eax, %eax\n    ret")
    return [path.name for path in replaced]


def share_openblas(inner: Path) -> list[str]:
    """Have OpenCV compute by SciPy's OpenBLAS: a library of the name of its own one passes each call on.

    Both take integers of 32 bits; SciPy's has a prefix before each name.

    Raises:
        SystemExit: SciPy's lacks a function that OpenCV asks for.
    """
    own, other = next(inner.glob(_OPENBLAS), None), next(inner.glob(_SCIPY), None)
    if own is None or other is None:
        return []
    functions = asked_functions(own, elf_files(inner))
    offered = {name for name, _, _ in _defined(other)}
    if missing := sorted(name for name in functions if f"scipy_{name}" not in offered):
        raise SystemExit(f"{other.name} lacks {', '.join(missing)}, which OpenCV asks for.")
    _link_functions(own, functions, lambda name: f"jmp *scipy_{name}@GOTPCREL(%rip)", other)
    return [own.name]


def shorten_icu(inner: Path) -> list[str]:
    """Leave English, German and what belongs to no language in the tables of ICU; return the name of the library."""
    library, icupkg = next(inner.glob(_ICU), None), shutil.which("icupkg", path="/usr/sbin:/usr/bin:/usr/local/bin")
    if library is None or icupkg is None:
        return []
    line = re.compile(r"^\s*\d+: ([0-9a-f]+)\s+(\S+) OBJECT .* (icudt\d+_dat)$", re.MULTILINE)
    symbol = line.search(_read_elf(library, "--dyn-syms"))
    if symbol is None:
        return []
    start, size, name = int(symbol[1], 16), int(symbol[2], 0), symbol[3]
    with TemporaryDirectory() as folder:
        tables, listing = Path(folder, name.replace("_dat", "l.dat")), Path(folder, "left-out.txt")  # icupkg's own name
        kept = Path(folder, "kept", tables.name)
        kept.parent.mkdir()
        tables.write_bytes(library.read_bytes()[start : start + size])  # its first segment lies at its own address
        items = subprocess.run([icupkg, "-l", tables], check=True, capture_output=True, text=True).stdout.split()
        listing.write_text("\n".join(item for item in items if not is_kept_of_icu(item)))
        subprocess.run([icupkg, "-r", listing, tables, kept], check=True)
        lines = [".section .rodata", f".globl {name}", f".type {name}, @object", ".balign 16", f"{name}:"]
        lines += [f'.incbin "{kept}"', f".size {name}, {kept.stat().st_size}"]
        _link(library, lines)
    return [library.name]


def is_kept_of_icu(item: str) -> bool:
    """Return whether a table of ICU, such as `coll/de.res`, is kept."""
    name = item.removeprefix("coll/")
    if _LOCALE_OF_ICU.match(name):
        return _LANGUAGES.match(name) is not None
    return _LEFT_OUT_OF_ICU.search(item) is None


def asked_functions(library: Path, files: list[Path]) -> dict[str, str]:
    """Return the functions of a library that those of the files import that are linked to it, with their versions.

    Names of C++ are left out: they are of its own library, a part of which is in many others.

    Raises:
        SystemExit: They import something else than functions.
    """
    users = [path for path, names in needed_names(files).items() if library.name in names]
    asked = set().union(*(_imported(path) for path in users))
    found = [entry for entry in _defined(library) if entry[0] in asked and not entry[0].startswith("_Z")]
    if others := [name for name, kind, _ in found if kind not in ("FUNC", "IFUNC")]:
        raise SystemExit(f"{library.name} cannot be replaced: {others[0]} is no function.")
    return {name: version for name, _, version in found}


def elf_files(inner: Path) -> list[Path]:
    """Return the shared libraries of a folder."""
    return [path for path in sorted(inner.rglob("*.so*")) if path.is_file() and not path.is_symlink() and is_elf(path)]


def _imported(library: Path) -> set[str]:
    return {name for _, section, name, _ in _SYMBOL.findall(_read_elf(library, "--dyn-syms")) if section == "UND"}


def _defined(library: Path) -> list[tuple[str, str, str]]:
    """Return the name, the kind and the version of what a library gives to others."""
    symbols = _SYMBOL.findall(_read_elf(library, "--dyn-syms"))
    return [(name, kind, version) for kind, section, name, version in symbols if section != "UND"]


def _read_elf(library: Path, part: str) -> str:
    command = ["readelf", part, "--wide", str(library)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _link_functions(
    library: Path, functions: dict[str, str], body: Callable[[str], str], other: Path | None = None
) -> None:
    """Write a library in the place of another.

    Args:
        library: The one that is replaced.
        functions: The names that it gives, each with its version or "".
        body: Gives the instructions of a function by its name.
        other: A library, in a folder beside that of this one, that the functions call.
    """
    lines, versions = [".text"], dict[str, list[str]]()
    for name, version in sorted(functions.items()):
        lines += [f".globl {name}", f".type {name}, @function", f"{name}:", f"    {body(name)}"]
        versions.setdefault(version, []).append(name)
    _link(library, lines, versions, other)


def _link(
    library: Path, lines: list[str], versions: dict[str, list[str]] | None = None, other: Path | None = None
) -> None:
    """Assemble a library of these lines, with the soname of the one that it replaces."""
    soname = re.search(r"SONAME.*\[(.+)\]", _read_elf(library, "--dynamic"))
    with TemporaryDirectory() as folder:
        source, code, script, new = (Path(folder, name) for name in ("a.s", "a.o", "versions", "a.so"))
        source.write_text("\n".join([*lines, '.section .note.GNU-stack,"",@progbits', ""]))
        subprocess.run(["as", "-o", code, source], check=True)
        command = ["ld", "-shared", "-z", "noexecstack", "-z", "relro", "--build-id=none", "-o", new, code]
        command += ["-soname", soname[1] if soname else library.name]
        if named := {version: names for version, names in (versions or {}).items() if version}:
            parts = (f"{version} {{ global: {'; '.join(names)}; }};" for version, names in named.items())
            script.write_text("\n".join(parts))
            command += ["--version-script", script]
        if other is not None:
            command += ["--no-as-needed", other, "-rpath", f"$ORIGIN/../{other.parent.name}"]
        subprocess.run(command, check=True)
        library.unlink()  # it may be a link into the environment of the build
        shutil.copyfile(new, library)
        library.chmod(0o755)
