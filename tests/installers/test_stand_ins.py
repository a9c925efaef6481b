"""Small libraries in the place of large ones: what a module asks for by name is still there."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if sys.platform != "linux" or not all(map(shutil.which, ("gcc", "ld", "readelf"))):
    pytest.skip("gcc or binutils are not installed", allow_module_level=True)

from installers import stand_ins

if TYPE_CHECKING:
    from pathlib import Path


def compile_library(target: Path, code: str, *links: Path) -> Path:
    """Compile C to a shared library with its file's name as soname, linked to others in folders beside its own."""
    target.parent.mkdir(parents=True, exist_ok=True)
    source = target.with_suffix(".c")
    source.write_text(code)
    command = ["gcc", "-shared", "-fPIC", "-o", target, source, f"-Wl,-soname,{target.name}", "-Wl,--no-as-needed"]
    command += [*links, *(f"-Wl,-rpath,$ORIGIN/../{link.parent.name}" for link in links)]
    subprocess.run(command, check=True)
    source.unlink()
    return target


def test_functions_of_a_library_that_is_not_used_return_nothing(tmp_path: Path) -> None:
    """What links to it still loads, and its file is small."""
    code = "int av_read(void) { return 7; }\nint av_other(void) { return 8; }\nchar weight[200000] = {1};\n"
    film = compile_library(tmp_path / "opencv_python_headless.libs" / "libavcodec-1a.so.62", code)
    code = "int av_read(void); int answer(void) { return 40 + av_read(); }\n"
    module = compile_library(tmp_path / "cv2" / "cv2.so", code, film)
    assert stand_ins.replace_absent(tmp_path) == [film.name]
    assert film.stat().st_size < 20_000
    assert ctypes.CDLL(str(module)).answer() == 40
    with pytest.raises(AttributeError):
        _ = ctypes.CDLL(str(film)).av_other


def test_a_library_of_data_is_not_replaced(tmp_path: Path) -> None:
    """Its users would read the instructions of a function."""
    film = compile_library(tmp_path / "opencv_python_headless.libs" / "libavutil-1a.so.60", "int av_table[3] = {1};\n")
    code = "extern int av_table[]; int answer(void) { return av_table[0]; }\n"
    compile_library(tmp_path / "cv2" / "cv2.so", code, film)
    with pytest.raises(SystemExit, match="av_table is no function"):
        stand_ins.replace_absent(tmp_path)


def test_opencv_computes_by_the_openblas_of_scipy(tmp_path: Path) -> None:
    """A call with its arguments reaches the function of the same name with SciPy's prefix."""
    scipy = tmp_path / "scipy.libs" / "libscipy_openblas-2b.so"
    own = tmp_path / "opencv_python_headless.libs" / "libopenblasp-r0-1a.so"
    compile_library(scipy, "double scipy_dot_(double a, int n) { return a * n + 1; }\n")
    compile_library(own, "double dot_(double a, int n) { return a * n; }\n")
    code = "double dot_(double, int); double answer(double a, int n) { return dot_(a, n); }\n"
    module = compile_library(tmp_path / "cv2" / "cv2.so", code, own)
    assert stand_ins.share_openblas(tmp_path) == [own.name]
    program = (
        f"import ctypes; f = ctypes.CDLL({str(module)!r}).answer; f.restype = ctypes.c_double; "
        "print(f(ctypes.c_double(2.5), 4))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout == "11.0\n"
    compile_library(scipy, "double scipy_other_(double a) { return a; }\n")
    compile_library(own, "double dot_(double a, int n) { return a * n; }\n")
    with pytest.raises(SystemExit, match="lacks dot_"):
        stand_ins.share_openblas(tmp_path)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("root.res", True),
        ("en.res", True),
        ("de_DE.res", True),
        ("res_index.res", True),
        ("coll/ucadata.icu", True),
        ("coll/root.res", True),
        ("coll/de.res", True),
        ("coll/res_index.res", True),
        ("nfkc.nrm", True),
        ("cnvalias.icu", True),
        ("pool.res", True),
        ("fr.res", False),
        ("zh_Hans_CN.res", False),
        ("coll/zh.res", False),
        ("unit/en.res", False),
        ("brkitr/thaidict.dict", False),
        ("ibm-943_P15A-2003.cnv", False),
    ],
)
def test_icu_keeps_what_belongs_to_no_language_and_those_of_the_window(item: str, expected: bool) -> None:
    """Qt sorts names by it."""
    assert stand_ins.is_kept_of_icu(item) is expected
