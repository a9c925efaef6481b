"""The files around the frozen folder: desktop, control file, lists. packaging/test_chroot.sh tests the folder."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

if sys.platform != "linux":
    pytest.skip("packages of Linux", allow_module_level=True)

from installers import __main__ as command
from installers import deb, desktop_tree, images, licences, paths, payload, selection, sizes, slimming, windows_version
from installers.libraries import Libraries, examine

from deblur_app import __version__
from deblur_app.core.program.components import Component


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for the frozen folder: three programs and a library."""
    monkeypatch.setattr(paths, "FOLDER", tmp_path / "dist" / "deblur")
    monkeypatch.setattr(paths, "INNER", tmp_path / "dist" / "deblur" / "_internal")
    monkeypatch.setattr(paths, "DIST", tmp_path / "dist")
    monkeypatch.setattr(paths, "BUILD", tmp_path / "build")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    paths.INNER.mkdir(parents=True)
    for program in desktop_tree.PROGRAMS:
        shutil.copy("/bin/true", paths.FOLDER / program)
    (paths.INNER / "data.txt").write_text("data")
    return paths.FOLDER


def run(*command: str | Path) -> str:
    """Run a program that must succeed, and return what it prints."""
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout


def needs(program: str) -> None:
    """Skip a test where a program is not installed."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")


def test_the_files_of_the_desktop_are_valid(tmp_path: Path) -> None:
    """Entry and metainfo pass the validators of freedesktop.org; each icon has the size of its folder."""
    from PIL import Image

    desktop_tree.write_tree(tmp_path)
    share = tmp_path / "share"
    needs("desktop-file-validate")
    assert run("desktop-file-validate", share / "applications/org.deblur.Deblur.desktop") == ""
    for size in desktop_tree.SIZES:
        for icon in ("apps/org.deblur.Deblur.png", "mimetypes/application-x-deblur-model.png"):
            with Image.open(share / f"icons/hicolor/{size}x{size}/{icon}") as picture:
                assert picture.size == (size, size)
    needs("appstreamcli")
    metainfo = share / "metainfo/org.deblur.Deblur.metainfo.xml"
    assert f'version="{__version__}"' in metainfo.read_text()
    run("appstreamcli", "validate", "--no-net", metainfo)


def test_the_deb_installs_programs_and_names_what_it_needs(folder: Path) -> None:
    """Built twice, it is the same to the byte; only programs are executable."""
    needs("dpkg-deb")
    found = Libraries({}, {Path("/lib/x86_64-linux-gnu/libc.so.6")}, set(), (2, 34))
    tree = payload.make_tree()
    package = deb.build(found, tree, payload.pack(tree))
    first = package.read_bytes()
    tree = payload.make_tree()
    assert deb.build(found, tree, payload.pack(tree)).read_bytes() == first
    assert run("dpkg-deb", "--field", package, "Version").strip() == payload.debian_version()
    assert run("dpkg-deb", "--field", package, "Depends").startswith("libc6 (>= 2.34)")
    listing = {line.split()[5]: line.split()[0] for line in run("dpkg-deb", "--contents", package).splitlines()}
    assert listing["./usr/lib/deblur/deblur-gui"] == "-rwxr-xr-x"
    assert listing["./usr/lib/deblur/_internal/data.txt"] == "-rw-r--r--"
    assert listing["./usr/bin/deblur"].startswith("l")
    assert "./usr/share/mime/packages/org.deblur.Deblur.xml" in listing


def test_a_folder_with_a_missing_library_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be missing on the machine of a user fails the build."""
    assert not examine(folder, paths.INNER).missing
    monkeypatch.setattr(
        command.libraries, "examine", lambda *_: Libraries({"libxcb-cursor.so.0": ["libqxcb.so"]}, set(), set(), (2, 0))
    )
    with pytest.raises(SystemExit, match=r"libxcb-cursor\.so\.0: libqxcb\.so"):
        command.finish_folder()


def test_the_installer_of_one_user_leaves_nothing_behind(folder: Path, tmp_path: Path) -> None:
    """What install.sh puts into a home, uninstall.sh takes away, and nothing of the user's."""
    tree = tmp_path / "tree"
    tree.mkdir()
    shutil.copy(payload.pack(payload.make_tree()), tree)
    for name in ("install.sh", "uninstall.sh"):
        shutil.copy(images.LINUX / name, tree / name)
    home = tmp_path / "home & more"
    (home / "share" / "applications").mkdir(parents=True)
    (home / "share" / "Deblur").mkdir()
    (home / "share" / "Deblur" / "settings.json").write_text("{}")
    before = sorted(home.rglob("*"))
    run("sh", tree / "install.sh", "--prefix", home)
    assert (home / "bin" / "deblur").resolve() == home / "lib" / "deblur" / "deblur"
    entry = home / "share" / "applications" / "org.deblur.Deblur.desktop"
    assert f'Exec="{home}/bin/deblur-gui" %F' in entry.read_text()
    run("sh", tree / "install.sh", "--prefix", home)  # a newer one takes the place of this
    run("sh", home / "lib" / "deblur" / "uninstall.sh")
    after = sorted(home.rglob("*"))
    assert [path for path in after if path not in before] == []
    assert (home / "share" / "Deblur" / "settings.json").is_file()


def test_the_list_of_components_is_of_cyclonedx_and_always_the_same(tmp_path: Path) -> None:
    """A component without the text of its licence fails the build."""
    pytest.importorskip("cyclonedx")
    parts = [Component("x", "1.0", "MIT", "https://x.org"), Component("libx", "2", "LGPL-2.1", "", "system library")]
    text = licences.make_sbom(parts)
    assert text == licences.make_sbom(parts)
    content = json.loads(text)
    assert content["bomFormat"] == "CycloneDX"
    assert {entry["purl"] for entry in content["components"]} == {"pkg:pypi/x@1.0", "pkg:deb/libx@2"}
    with pytest.raises(SystemExit, match="missing of: x"):
        licences.write_list(tmp_path / "list", [Component("x", "1", "Unheard of")])


def test_a_tag_that_names_another_version_fails_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """The version stands in one place."""
    tags = SimpleNamespace(stdout="")
    monkeypatch.setattr(command.subprocess, "run", lambda *_, **__: tags)
    command.check_tag()
    tags.stdout = f"v{__version__}\n"
    command.check_tag()
    tags.stdout = "v99.0\n"
    with pytest.raises(SystemExit, match=r"v99\.0"):
        command.check_tag()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", False),
        ("PySide6/Qt/plugins/platforms/libqwayland.so", False),
        ("PySide6/Qt/plugins/imageformats/libqsvg.so", False),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("resources/weights/restorer-psf.json", False),
        ("training/configs/restorer.toml", False),
        ("PySide6/Qt/plugins/sqldrivers/libqsqlite.so", True),
        ("PySide6\\plugins\\qmltooling\\x.dll", True),
        ("PySide6/Qt/translations/qtbase_fr.qm", True),
        ("numpy/_core/include/numpy/ndarrayobject.h", True),
        ("tensorflow/include/x.inc", True),
        ("skimage/metrics/__init__.pyi", False),
        ("numpy/__init__.pyi", True),
        ("scipy/linalg/tests/data.npz", True),
        ("tensorflow/_api/v2/__internal__/test/__init__.py", False),
        ("tensorflow/python/keras/engine/training_test.py", True),
        ("scipy/stats/_page_trend_test.py", False),
        ("astropy/tests/runner.py", False),
        ("imagecodecs/_jpegxl.abi3.so", False),
        ("imagecodecs/_sz3.abi3.so", True),
        ("imagecodecs/_imagecodecs.py", False),
    ],
)
def test_only_what_is_used_is_shipped(name: str, expected: bool) -> None:
    """Plugins of the window stay; databases, QML, other languages, headers and tests go."""
    assert selection.is_unused(name) is expected


def test_sources_are_left_out_where_nothing_reads_them(tmp_path: Path) -> None:
    """Compiled modules take their place; AutoGraph's and OpenCV's stay, beside compiled ones."""
    for name in ("part/module.py", "keras/layer.py"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("VALUE = 3\n")
    slimming.compile_sources(tmp_path)
    files = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    compiled = f"keras/__pycache__/layer.{sys.implementation.cache_tag}.pyc"
    assert files == {"part/module.pyc", "keras/layer.py", compiled}
    program = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from part.module import VALUE; print(VALUE)"
    assert run(sys.executable, "-c", program) == "3\n"


def test_libraries_that_nothing_asks_for_go(tmp_path: Path) -> None:
    """What a wheel brought for a module that is left out goes with it; the rest keeps working without symbols."""
    needs("gcc")
    folder = tmp_path / "part.libs"
    folder.mkdir()
    (tmp_path / "x.c").write_text("int answer(void) { return 42; }\n" + "int many[20000] = {1};\n")
    for name in ("libused.so.1", "libalone.so.1"):
        run("gcc", "-g", "-shared", "-fPIC", "-o", folder / name, tmp_path / "x.c", f"-Wl,-soname,{name}")
    module = tmp_path / "module.so"
    run("gcc", "-shared", "-o", module, "-Wl,--no-as-needed", folder / "libused.so.1", f"-Wl,-rpath,{folder}")
    assert slimming.remove_unasked(tmp_path) == ["libalone.so.1"]
    assert slimming.strip_libraries(tmp_path) > 0
    program = f"import ctypes; print(ctypes.CDLL({str(module)!r}).answer())"
    assert run(sys.executable, "-c", program) == "42\n"


def test_sizes_are_told_the_largest_first(tmp_path: Path) -> None:
    """Libraries beside a package count with it."""
    for name, size in (("numpy/a.so", 2_000_000), ("numpy.libs/b.so", 1_000_000), ("libx.so.1", 500_000)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(bytes(size))
    lines = sizes.as_table(sizes.measure(tmp_path)).splitlines()
    assert lines[2] == "| numpy | 3 |"
    assert "libraries of the system" in lines[3]


@pytest.mark.parametrize(("version", "expected"), [("0.1.0", (0, 1, 0, 0)), ("2.3rc1", (2, 3, 1, 0))])
def test_windows_gets_four_numbers(version: str, expected: tuple[int, ...]) -> None:
    """Its version resource knows nothing else."""
    assert windows_version.numbers(version) == expected


@pytest.mark.parametrize("program", desktop_tree.PROGRAMS)
def test_each_program_is_ready_to_be_a_process_of_a_batch_before_it_loads_anything(program: str) -> None:
    """A process that the installed program starts is that program again, which multiprocessing takes over."""
    entry = paths.ROOT / "packaging" / "entries" / f"{program.replace('-', '_')}.py"
    lines = [line.strip() for line in entry.read_text(encoding="utf-8").splitlines()]
    first = next(number for number, line in enumerate(lines) if line.startswith("if __name__"))
    assert lines[first + 1].startswith("multiprocessing.freeze_support()")
