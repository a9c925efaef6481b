"""Copies the packages of the environment into the frozen folder, as they are.

PyInstaller looks into each module for what it imports, which takes minutes for the 6000 modules of TensorFlow and its
relations and misses what is imported by name. Copied whole, without headers, tests and what else is never used, they
work as they do in the environment: their own libraries are beside them.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import sysconfig
from pathlib import Path

from deblur_app.core.program.components import find_distributions
from installers.selection import is_unused

FROZEN = {"pyside6_essentials", "shiboken6"}
"""Packages that PyInstaller takes itself: it knows where Qt looks for plugins."""
_NEVER = {"libclang", "tensorboard", "setuptools", "wheel", "grpcio", "networkx", "h5py"}
"""Requirements of TensorFlow's, Keras's and scikit-image's that nothing here imports, or without which they do."""
_UNUSED_STANDARD = re.compile(
    r"^(antigravity|this|idlelib|turtle|turtledemo|tkinter|test|ensurepip|lib2to3|_test\w*|__phello__|_aix_support)\b"
    r"|\btests?\b|\W-|__main__$"
)


def files_to_copy() -> dict[str, Path]:
    """Return the files of the packages, by their paths in the frozen folder."""
    files: dict[str, Path] = {}
    for distribution in find_distributions():
        name = distribution.name.lower().replace("-", "_")
        if name in FROZEN or name in _NEVER:
            continue
        for file in distribution.files or ():
            path = Path(str(distribution.locate_file(file)))
            if ".." not in file.parts and path.is_file() and not _is_left_out(str(file)):
                files[file.as_posix()] = path
    return files


def top_modules() -> list[str]:
    """Return the names of what is copied, which PyInstaller must not look into."""
    names = {Path(file).parts[0].partition(".")[0] for file in files_to_copy() if file.endswith((".py", ".so", ".pyd"))}
    return sorted(name for name in names if name.isidentifier())


def copy_packages(inner: Path) -> None:
    """Copy the packages into the inner folder, by links where the disk allows that."""
    for name, source in files_to_copy().items():
        target = inner / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        try:
            os.link(source, target)
        except OSError:
            shutil.copy2(source, target)


def copy_into_bundle(bundle: Path) -> None:
    """Copy the packages into an application of macOS, where PyInstaller made it of the frozen folder.

    Its folder of libraries, in which the programs look for modules, may hold signed code alone: the packages go to the
    resources, and links in the other folder lead there.
    """
    resources, libraries = bundle / "Contents" / "Resources", bundle / "Contents" / "Frameworks"
    copy_packages(resources)
    for name in sorted({Path(file).parts[0] for file in files_to_copy()}):
        link = libraries / name
        if not link.exists():
            link.symlink_to(Path("..", "Resources", name))


def standard_modules() -> list[str]:
    """Return the modules of Python itself, with those of its packages: the copied ones may ask for any of them."""
    library = Path(sysconfig.get_path("stdlib"))
    inside = [
        ".".join(file.relative_to(library).with_suffix("").parts).removesuffix(".__init__")
        for file in library.rglob("*.py")
        if "site-packages" not in file.parts
    ]
    names = {*sys.stdlib_module_names, *inside}
    known = {name for name in names if name.partition(".")[0] in sys.stdlib_module_names}
    return sorted(name for name in known if not _UNUSED_STANDARD.search(name))


def _is_left_out(name: str) -> bool:
    return is_unused(name) or name.endswith(".pyc") or name.startswith("bin/") or "__editable__" in name
