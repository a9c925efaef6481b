"""Puts the app where a double click starts it, and takes it away again: one pair of functions a system.

Each takes the folders it writes to, so that it can be tried anywhere.
"""

from __future__ import annotations

import base64
import os
import plistlib
import shlex
import shutil
import sys
from pathlib import Path

from dev_steps.console import SetupError, output_of, run, say

COMMENT = "Repair blurred photographs"
BUNDLE = "org.deblur.Deblur"
"""The reverse-DNS id of the app on all systems: of its desktop entry, icons, metainfo and bundle."""
MODEL_UTI = f"{BUNDLE}.model"

MODEL_TYPE = "application/x-deblur-model"
"""The MIME type of networks in one file, `.deblur`."""

PICTURE_TYPES = (
    "image/png",
    "image/jpeg",
    "image/tiff",
    "image/webp",
    "image/bmp",
    "image/heif",
    "image/heic",
    "image/avif",
    "image/x-adobe-dng",
    "image/x-canon-cr2",
    "image/x-canon-cr3",
    "image/x-canon-crw",
    "image/x-fuji-raf",
    "image/x-kodak-dcr",
    "image/x-minolta-mrw",
    "image/x-nikon-nef",
    "image/x-nikon-nrw",
    "image/x-olympus-orf",
    "image/x-panasonic-rw2",
    "image/x-pentax-pef",
    "image/x-samsung-srw",
    "image/x-sony-arw",
)


def data_home() -> Path:
    """Return the user's folder for application data on Linux; relative values are ignored, as the standard asks."""
    named = Path(os.environ.get("XDG_DATA_HOME") or "")
    return named if named.is_absolute() else Path.home() / ".local" / "share"


# --- Linux --------------------------------------------------------------------------------------------------


def entry_string(text: str) -> str:
    """Return a value of type string of a desktop entry, escaped."""
    for raw, escaped in (("\\", "\\\\"), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r")):
        text = text.replace(raw, escaped)
    return text


def exec_argument(text: str) -> str:
    """Return one argument of the key Exec: quoted where it must be, with % doubled, not yet escaped as a string."""
    text = text.replace("%", "%%")
    if text and not set(text) & set(" \t\n\"'\\><~|&;$*?#()`"):
        return text
    for reserved in '\\"`$':  # the backslash first: it marks the others
        text = text.replace(reserved, "\\" + reserved)
    return f'"{text}"'


def linux_entry(python: Path) -> str:
    """Return the text of the desktop entry that starts the app with this Python."""
    return program_entry(python, "-m", "deblur_app")


def program_entry(program: Path, *arguments: str) -> str:
    """Return the text of the desktop entry that starts a program with these arguments, and the photos behind them."""
    command = " ".join([exec_argument(str(program)), *arguments, "%F"])
    new_window = " ".join([exec_argument(str(program)), *arguments, "--new-window"])
    if "%" in str(program):
        # GLib looks for the program before it undoubles %, and would not find this one.
        command, new_window = f"env {command}", f"env {new_window}"
    lines = {
        "Type": "Application",
        "Version": "1.0",
        "Name": "Deblur",
        "GenericName": "Photo deblurring",
        "Comment": COMMENT,
        "Exec": entry_string(command),
        "TryExec": entry_string(str(program)),
        "Icon": BUNDLE,
        "Terminal": "false",
        "StartupNotify": "true",
        "StartupWMClass": "deblur",
        "Categories": "Graphics;Photography;2DGraphics;RasterGraphics;Qt;",
        "Keywords": "blur;sharpen;photo;restore;deconvolution;",
        "MimeType": "".join(f"{kind};" for kind in (*PICTURE_TYPES, MODEL_TYPE)),
        "Actions": "new-window;",
    }
    action = {"Name": "New window", "Exec": entry_string(new_window)}
    return _section("Desktop Entry", lines) + "\n" + _section("Desktop Action new-window", action)


def _section(title: str, lines: dict[str, str]) -> str:
    return f"[{title}]\n" + "".join(f"{key}={value}\n" for key, value in lines.items())


def linux_files(data: Path) -> dict[str, Path]:
    """Return the three files of the app in the folder for application data."""
    icons = data / "icons" / "hicolor"
    return {
        "entry": data / "applications" / f"{BUNDLE}.desktop",
        "png": icons / "256x256" / "apps" / f"{BUNDLE}.png",
        "svg": icons / "scalable" / "apps" / f"{BUNDLE}.svg",
    }


def install_linux(python: Path, icons: Path, data: Path) -> Path:
    """Write the desktop entry and its icons; return the entry.

    Args:
        python: The interpreter that starts the app.
        icons: The folder with deblur.png and deblur.svg.
        data: The folder for application data, such as `~/.local/share`.

    Raises:
        SetupError: desktop-file-validate is there and finds a fault.
    """
    files = linux_files(data)
    for path in files.values():
        path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(icons / "deblur.png", files["png"])
    shutil.copyfile(icons / "deblur.svg", files["svg"])
    files["entry"].write_text(linux_entry(python), encoding="utf-8")
    if shutil.which("desktop-file-validate") and run(["desktop-file-validate", files["entry"]]) != 0:
        raise SetupError(f"{files['entry']} was written, but desktop-file-validate finds the faults above in it.")
    _refresh_linux(data)
    return files["entry"]


def remove_linux(data: Path) -> list[Path]:
    """Take the desktop entry and its icons away, with the folders that are empty then; return what went."""
    gone = [path for path in linux_files(data).values() if path.is_file()]
    for path in gone:
        path.unlink()
    _refresh_linux(data)
    for path in gone:
        # A list of MIME types that lists none is all that our entry had left in its folder.
        cache = path.parent / "mimeinfo.cache"
        if cache.is_file() and cache.read_text(encoding="utf-8").strip() == "[MIME Cache]":
            cache.unlink()
        _remove_empty(path.parent, data)
    return gone


def _refresh_linux(data: Path) -> None:
    """Tell the desktop what changed, where it keeps lists; it finds out by itself a little later."""
    if shutil.which("update-desktop-database") and (data / "applications").is_dir():
        output_of(["update-desktop-database", data / "applications"])


def _remove_empty(folder: Path, top: Path) -> None:
    """Remove a folder and those above it as long as they are empty, up to `top`, which stays."""
    while folder != top and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


# --- macOS --------------------------------------------------------------------------------------------------


def install_macos(python: Path, icons: Path, applications: Path) -> Path:
    """Write Deblur.app, which starts the app with this Python; return it.

    Args:
        python: The interpreter that starts the app.
        icons: The folder with deblur.icns.
        applications: Where it is put, such as `~/Applications`.
    """
    bundle = applications / "Deblur.app"
    remove_macos(applications)
    for name in ("MacOS", "Resources"):
        (bundle / "Contents" / name).mkdir(parents=True)
    shutil.copyfile(icons / "deblur.icns", bundle / "Contents" / "Resources" / "deblur.icns")
    with (bundle / "Contents" / "Info.plist").open("wb") as file:
        plistlib.dump(macos_info(), file)
    launcher = bundle / "Contents" / "MacOS" / "Deblur"
    # exec: the process that macOS started must be the one that gets its "open file" events.
    launcher.write_text(f'#!/bin/sh\nexec {shlex.quote(str(python))} -m deblur_app "$@"\n', encoding="utf-8")
    launcher.chmod(0o755)
    return bundle


def macos_info() -> dict[str, object]:
    """Return the Info.plist of the macOS bundle: its program, its icon, and that it opens pictures."""
    return {
        "CFBundleIdentifier": BUNDLE,
        "CFBundleName": "Deblur",
        "CFBundleDisplayName": "Deblur",
        "CFBundleExecutable": "Deblur",
        "CFBundleIconFile": "deblur.icns",
        "CFBundlePackageType": "APPL",
        "CFBundleShortVersionString": "1.0",
        "CFBundleInfoDictionaryVersion": "6.0",
        "NSHighResolutionCapable": True,
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Picture",
                "CFBundleTypeRole": "Editor",
                "LSHandlerRank": "Alternate",
                "LSItemContentTypes": ["public.image", "public.camera-raw-image"],
            },
            {
                "CFBundleTypeName": "Deblur model",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Owner",
                "CFBundleTypeIconFile": "deblur.icns",
                "LSItemContentTypes": [MODEL_UTI],
            },
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": MODEL_UTI,
                "UTTypeDescription": "Deblur model",
                "UTTypeConformsTo": ["public.data"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": ["deblur"],
                    "public.mime-type": [MODEL_TYPE],
                },
            }
        ],
    }


def remove_macos(applications: Path) -> list[Path]:
    """Take Deblur.app away, if it is the one that we made; return what went.

    Raises:
        SetupError: There is a Deblur.app of somebody else.
    """
    bundle = applications / "Deblur.app"
    if not bundle.exists():
        return []
    try:
        identifier = plistlib.loads((bundle / "Contents" / "Info.plist").read_bytes()).get("CFBundleIdentifier")
    except (OSError, ValueError, plistlib.InvalidFileException):
        identifier = None
    if identifier != BUNDLE:
        raise SetupError(f"{bundle} was not made by this script, so it is left alone. Move it away, then try again.")
    shutil.rmtree(bundle)
    return [bundle]


# --- Windows ------------------------------------------------------------------------------------------------


def powershell_string(text: str) -> str:
    """Return a literal of PowerShell, which takes typographic single quotes for plain ones: they are doubled too."""
    return "'" + "".join(char * 2 if char in "'‘’‚‛" else char for char in text) + "'"


def windows_folders(start_menu: Path | None, desktop: Path | None) -> str:
    """Return the line that lists where the shortcuts go: given folders, or else the user's, wherever they lie."""
    known = [(start_menu, "Programs"), (desktop, "Desktop")]
    return "$folders = @({})".format(
        ", ".join(
            powershell_string(str(folder)) if folder else f"[Environment]::GetFolderPath('{name}')"
            for folder, name in known
        )
    )


def windows_install_script(
    pythonw: Path, icon: Path, start_menu: Path | None = None, desktop: Path | None = None
) -> str:
    """Return the PowerShell script that makes the shortcuts.

    Args:
        pythonw: The interpreter without a console window.
        icon: The .ico file.
        start_menu: The folder of the Start menu; by default the user's.
        desktop: The folder of the desktop; by default the user's.
    """
    return "\n".join(
        [
            "$ErrorActionPreference = 'Stop'",
            windows_folders(start_menu, desktop),
            "$shell = New-Object -ComObject WScript.Shell",
            "foreach ($folder in $folders) {",
            "  $shortcut = $shell.CreateShortcut((Join-Path $folder 'Deblur.lnk'))",
            f"  $shortcut.TargetPath = {powershell_string(str(pythonw))}",
            "  $shortcut.Arguments = '-m deblur_app'",
            "  $shortcut.WorkingDirectory = [Environment]::GetFolderPath('MyPictures')",
            f"  $shortcut.IconLocation = {powershell_string(f'{icon},0')}",
            f"  $shortcut.Description = {powershell_string(COMMENT)}",
            "  $shortcut.Save()",
            "}",
        ]
    )


def windows_remove_script(start_menu: Path | None = None, desktop: Path | None = None) -> str:
    """Return the PowerShell script that takes the shortcuts away."""
    return "\n".join(
        [
            "$ErrorActionPreference = 'Stop'",
            windows_folders(start_menu, desktop),
            "foreach ($folder in $folders) {",
            "  $path = Join-Path $folder 'Deblur.lnk'",
            "  if (Test-Path -LiteralPath $path) { Remove-Item -LiteralPath $path }",
            "}",
        ]
    )


def powershell_command(script: str) -> list[str]:
    """Return the command that runs a script, handed over so that no quoting or code page can touch it."""
    encoded = base64.b64encode(script.encode("utf-16-le")).decode("ascii")
    options = ["-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-EncodedCommand", encoded]
    return ["powershell", *options]


# --- any ----------------------------------------------------------------------------------------------------


def install(python: Path, icons: Path) -> None:
    """Put the app where this system's double click finds it."""
    if sys.platform == "win32":
        script = windows_install_script(python.with_name("pythonw.exe"), icons / "deblur.ico")
        if run(powershell_command(script)) != 0:
            raise SetupError("PowerShell could not make the shortcuts; its own words are above.")
        say("Deblur is in the Start menu and on the desktop.")
    elif sys.platform == "darwin":
        bundle = install_macos(python, icons, Path.home() / "Applications")
        say(f"Deblur is ready for a double click: {bundle}")
    else:
        entry = install_linux(python, icons, data_home())
        say(f"Deblur is in the menu of applications and in “open with”: {entry}")


def remove() -> None:
    """Take away exactly what `install` has put there."""
    if sys.platform == "win32":
        if run(powershell_command(windows_remove_script())) != 0:
            raise SetupError("PowerShell could not remove the shortcuts; its own words are above.")
        say("Deblur is gone from the Start menu and the desktop.")
        return
    gone = remove_macos(Path.home() / "Applications") if sys.platform == "darwin" else remove_linux(data_home())
    say("\n".join(f"Removed {path}" for path in gone) if gone else "There was nothing to remove.")
