"""The app on the desktop of each system: put there with any path, and taken away without a trace."""

from __future__ import annotations

import base64
import os
import plistlib
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import desktop_entries as desktop
import pytest

from dev_steps.console import SetupError

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
ICONS = ROOT / "resources" / "icons"
HARD_NAMES = [
    "plain",
    "with space",
    "ümlaut ö",
    "per%cent",
    'quo"te',
    "dollar$x",
    "back`tick",
    "back\\slash",
    "a'b",
]
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="stand-in programs are shell scripts")
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="desktop entries are for Linux")


def unescape(value: str) -> str:
    """Read a string of a desktop entry back, as the standard says."""
    out, chars = "", iter(value)
    for char in chars:
        out += {"\\": "\\", "n": "\n", "t": "\t", "r": "\r", "s": " "}[next(chars)] if char == "\\" else char
    return out


def first_argument(command: str) -> str:
    """Read the program out of the key Exec back: unquote it as the standard says, then undouble %."""
    command = command.removeprefix("env ")
    if not command.startswith('"'):
        return command.split(" ", maxsplit=1)[0].replace("%%", "%")
    out, chars = "", iter(command[1:])
    for char in chars:
        if char == '"':
            break
        out += next(chars) if char == "\\" else char
    return out.replace("%%", "%")


def entry_of(text: str) -> dict[str, str]:
    """The keys of a desktop entry."""
    main = text.partition("\n\n")[0]
    return dict(line.split("=", 1) for line in main.splitlines() if "=" in line)


@pytest.mark.parametrize("name", HARD_NAMES)
def test_exec_reads_back_to_the_same_path(name: str) -> None:
    """Spaces, quotes, percent signs and the like survive the two rounds of quoting of the standard."""
    python = Path("/opt") / name / "bin" / "python"
    keys = entry_of(desktop.linux_entry(python))
    assert first_argument(unescape(keys["Exec"])) == str(python)
    assert unescape(keys["TryExec"]) == str(python)


@linux_only
@pytest.mark.parametrize("name", HARD_NAMES)
def test_desktop_entry_is_valid(tmp_path: Path, name: str) -> None:
    """desktop-file-validate finds nothing to say about the entry."""
    if shutil.which("desktop-file-validate") is None:
        pytest.skip("desktop-file-validate is not installed")
    path = tmp_path / "deblur.desktop"
    path.write_text(desktop.linux_entry(tmp_path / name / "python"), encoding="utf-8")
    process = subprocess.run(["desktop-file-validate", path], capture_output=True, text=True, check=False)
    assert (process.returncode, process.stdout + process.stderr) == (0, "")


def test_desktop_entry_says_what_the_desktop_needs() -> None:
    """The entry opens several files of the usual kinds, without a terminal, under the window's class."""
    keys = entry_of(desktop.linux_entry(Path("/opt/python")))
    assert keys["Exec"] == "/opt/python -m deblur_app %F"
    assert keys["Terminal"] == "false"
    assert keys["StartupWMClass"] == "deblur"
    kinds = keys["MimeType"].split(";")
    assert {"image/png", "image/jpeg", "image/tiff", "image/heif", "image/x-adobe-dng"} <= set(kinds)


@linux_only
def test_linux_install_and_remove_leave_no_trace(tmp_path: Path) -> None:
    """The entry and both icons are written, and removal brings the folder back to what it was."""
    other = tmp_path / "applications" / "other.desktop"
    other.parent.mkdir()
    other.write_text("[Desktop Entry]\nType=Application\nName=Other\nExec=true\n", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    desktop.install_linux(tmp_path / "py", ICONS, tmp_path)
    assert (tmp_path / "icons/hicolor/256x256/apps/org.deblur.Deblur.png").read_bytes() == (
        ICONS / "deblur.png"
    ).read_bytes()
    assert (tmp_path / "icons/hicolor/scalable/apps/org.deblur.Deblur.svg").is_file()
    removed = desktop.remove_linux(tmp_path)
    assert len(removed) == 3
    assert sorted(tmp_path.rglob("*")) == before
    assert desktop.remove_linux(tmp_path) == []


def test_data_home_follows_the_standard(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """XDG_DATA_HOME is respected, and ignored when it is not absolute."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert desktop.data_home() == tmp_path
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    assert desktop.data_home() == Path.home() / ".local" / "share"


@posix_only
@pytest.mark.parametrize("name", HARD_NAMES)
def test_macos_app_starts_the_python_with_the_files(
    tmp_path: Path, write_program: Callable[[Path, str], Path], name: str
) -> None:
    """The launcher of the bundle runs the given Python with the given files, whatever its folder's name."""
    python = write_program(tmp_path / name / "python", 'printf "%s\\n" "$@"')
    bundle = desktop.install_macos(python, ICONS, tmp_path / "Applications")
    with (bundle / "Contents" / "Info.plist").open("rb") as file:
        information = plistlib.load(file)
    launcher = bundle / "Contents" / "MacOS" / information["CFBundleExecutable"]
    messages = subprocess.run([launcher, "a b.png"], capture_output=True, encoding="utf-8", check=True).stdout
    assert messages.splitlines() == ["-m", "deblur_app", "a b.png"]
    assert "public.image" in information["CFBundleDocumentTypes"][0]["LSItemContentTypes"]
    assert (bundle / "Contents" / "Resources" / information["CFBundleIconFile"]).is_file()


def test_macos_removal_takes_only_our_bundle(tmp_path: Path) -> None:
    """Our Deblur.app goes; one that this script did not make stays, and is named."""
    desktop.install_macos(tmp_path / "python", ICONS, tmp_path)
    assert desktop.remove_macos(tmp_path) == [tmp_path / "Deblur.app"]
    assert desktop.remove_macos(tmp_path) == []
    (tmp_path / "Deblur.app").mkdir()
    with pytest.raises(SetupError, match="left alone"):
        desktop.remove_macos(tmp_path)
    assert (tmp_path / "Deblur.app").is_dir()


def test_windows_script_makes_both_shortcuts() -> None:
    """The script points both shortcuts at pythonw with our icon, quoting what PowerShell takes for quotes."""
    script = desktop.windows_install_script(Path("O'Neil’s pythonw.exe"), Path("deblur.ico"))
    assert "$shortcut.TargetPath = 'O''Neil’’s pythonw.exe'" in script
    assert "$shortcut.Arguments = '-m deblur_app'" in script
    assert "$shortcut.IconLocation = 'deblur.ico,0'" in script
    assert "GetFolderPath('Programs'), [Environment]::GetFolderPath('Desktop')" in script


def test_windows_folders_can_be_given() -> None:
    """Given folders take the place of the user's, in the script that makes and the one that removes."""
    scripts = [
        desktop.windows_install_script(Path("p"), Path("i"), Path("Menu"), Path("Desk top")),
        desktop.windows_remove_script(Path("Menu"), Path("Desk top")),
    ]
    for script in scripts:
        assert "$folders = @('Menu', 'Desk top')" in script
        assert "Deblur.lnk" in script
    assert "Remove-Item -LiteralPath" in scripts[1]


def test_powershell_gets_the_script_unharmed() -> None:
    """The script travels encoded, so that no quoting and no code page can change its letters."""
    command = desktop.powershell_command("'ümlaut' \"x\"")
    assert base64.b64decode(command[-1]).decode("utf-16-le") == "'ümlaut' \"x\""
    assert command[-2] == "-EncodedCommand"


@linux_only
@pytest.mark.parametrize("name", HARD_NAMES)
def test_glib_starts_the_app_from_the_entry(
    tmp_path: Path, write_program: Callable[[Path, str], Path], name: str
) -> None:
    """GNOME's own launcher starts the Python with the pictures, whatever its folder is called."""
    if shutil.which("gio") is None:
        pytest.skip("gio is not installed")
    out = tmp_path / "out"
    os.mkfifo(out)  # reading it waits for the app, which gio does not
    python = write_program(tmp_path / name / "python", f'printf "%s\\n" "$0" "$@" > {shlex.quote(str(out))}')
    entry = tmp_path / "deblur.desktop"
    entry.write_text(desktop.linux_entry(python), encoding="utf-8")
    # Not captured: the app inherits gio's output, and would keep us waiting for its end.
    subprocess.run(["gio", "launch", entry, "/a b.png"], stdout=subprocess.DEVNULL, check=True)
    messages = subprocess.run(["cat", out], capture_output=True, encoding="utf-8", timeout=20, check=True).stdout
    assert messages.splitlines() == [str(python), "-m", "deblur_app", "/a b.png"]
