"""Makes the frozen folder smaller on Linux: symbols for debuggers, libraries that nothing asks for, sources."""

from __future__ import annotations

import compileall
import importlib.util
import py_compile
import shutil
import subprocess
from pathlib import Path

from installers.libraries import LOADERS, is_elf, needed_names

_SMALLEST = 50_000
"""Bytes of a library from which stripping it is worth the time."""
_DEEPEST = 30
WITH_SOURCES = ("keras/", "tensorflow/python/autograph/", "cv2/", "astropy/")
"""Where sources stay: AutoGraph reads those of functions that it turns into graphs, OpenCV its settings, and astropy
finds by them from which module it is called."""

_TFLITE = "tensorflow/lite/python"
NOT_CALLED = (
    "tensorflow/python/profiler/internal/_pywrap_profiler_plugin",
    f"{_TFLITE}/_pywrap_tensorflow_interpreter_wrapper",
    f"{_TFLITE}/_pywrap_analyzer_wrapper",
    f"{_TFLITE}/_pywrap_tensorflow_lite_metrics_wrapper",
)
"""Modules of TensorFlow's profiler and of TensorFlow Lite, which its own modules import and Deblur never calls."""
_STAND_IN = '''\
"""Stands in for a library of TensorFlow that its own modules import and Deblur never calls."""


class MetricsWrapper:
    """What TensorFlow Lite imports of it by name."""
'''


def strip_libraries(inner: Path) -> int:
    """Remove the symbols that debuggers alone read from all libraries; return the bytes that this saved.

    A library that the system's loader no longer reads afterwards stays as it was: some wheels move the parts of a file.
    """
    if shutil.which("strip") is None:
        return 0
    saved = 0
    files = [path for path in sorted(inner.rglob("*.so*")) if path.is_file() and not path.is_symlink() and is_elf(path)]
    loader = next(path for path in LOADERS if Path(path).exists())
    for file in files:
        size = file.stat().st_size
        new = file.with_name(f"{file.name}.new")  # the file itself may be a link into the environment of the build
        command = ["strip", "--strip-unneeded", "-o", str(new), str(file)]
        if size < _SMALLEST or subprocess.run(command, capture_output=True, check=False).returncode != 0:
            new.unlink(missing_ok=True)
            continue
        # Stripped already, or no longer to be read.
        shown = [
            subprocess.run([loader, "--list", str(path)], capture_output=True, check=False) for path in (file, new)
        ]
        if new.stat().st_size >= size or shown[0].returncode != shown[1].returncode:
            new.unlink()
            continue
        saved += size - new.stat().st_size
        new.replace(file)
    return saved


def replace_uncalled(inner: Path) -> None:
    """Let empty modules stand for the libraries of TensorFlow's profiler and of TensorFlow Lite, of 45 MB."""
    for name in NOT_CALLED:
        for library in inner.glob(f"{name}.*"):
            library.unlink()
            (inner / f"{name}.py").write_text(_STAND_IN, encoding="utf-8")
    for library in (inner / _TFLITE).glob("*.so"):  # what remains is of converters, which are not loaded
        library.unlink()


def remove_unasked(inner: Path) -> list[str]:
    """Remove the libraries that wheels brought for modules that are left out; return their names."""
    removed: list[str] = []
    while True:
        files = [path for path in inner.rglob("*.so*") if path.is_file() and not path.is_symlink() and is_elf(path)]
        asked = set().union(*needed_names(files).values()) if files else set()
        unasked = [path for path in files if path.parent.name.endswith(".libs") and path.name not in asked]
        for path in unasked:
            path.unlink()
        removed += [path.name for path in unasked]
        if not unasked:
            return sorted(removed)


def compile_sources(inner: Path) -> None:
    """Compile the sources for this version of Python, and leave out those that nothing reads."""
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH  # the sources do not change, whatever their times say
    compileall.compile_dir(
        inner, _DEEPEST, quiet=2, workers=0, invalidation_mode=mode, stripdir=str(inner), prependdir="", legacy=True
    )
    for source in inner.rglob("*.py"):
        compiled = source.with_suffix(".pyc")
        if not compiled.exists():
            continue  # it is in another version's syntax
        if source.relative_to(inner).as_posix().startswith(WITH_SOURCES):
            target = Path(importlib.util.cache_from_source(str(source)))
            target.parent.mkdir(exist_ok=True)
            compiled.replace(target)
        else:
            source.unlink()
