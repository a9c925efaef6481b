"""Kernels with names: some that come with the program, and those that the user keeps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deblur_app.blur.kernel_files import files as kernel_files
from deblur_app.blur.kinds import Blur
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr, tr_later

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.blur.psf import Psf

_LONGEST_NAME = 80
_NO_FILE_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
"""Characters that some system does not take in the name of a file."""

_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(1, 10))}
"""Names that Windows keeps for devices."""


@dataclass(frozen=True)
class Entry:
    """A kernel of the library.

    Attributes:
        name: The name for the user.
        blur: The blur that makes it, for those that come with the program.
        path: Its file, for those of the user.
    """

    name: str
    blur: Blur | None = None
    path: Path | None = None


PRESETS = (
    Entry(tr_later("Slightly out of focus"), Blur("defocus", {"radius": 2.0})),
    Entry(tr_later("Clearly out of focus"), Blur("defocus", {"radius": 6.0})),
    Entry(tr_later("Panned sideways"), Blur("motion", {"length": 15.0, "angle": 0.0})),
    Entry(tr_later("Moved up or down"), Blur("motion", {"length": 15.0, "angle": 90.0})),
    Entry(tr_later("Unsteady hand"), Blur("shake", {"extent": 9.0, "roughness": 0.2, "exposure": 0.6, "seed": 3})),
    Entry(tr_later("Hot air"), Blur("turbulence", {"sigma": 1.6})),
)
"""Blurs that photographers meet."""


def folder() -> Path:
    """Return the folder of the user's kernels."""
    import platformdirs

    return platformdirs.user_data_path("Deblur") / "kernels"


def entries(place: Path) -> list[Entry]:
    """Return the kernels that come with the program, and after them those in the folder `place`, by name."""
    own = sorted(place.glob("*.npy"), key=lambda path: path.stem.casefold()) if place.is_dir() else []
    return [*PRESETS, *(Entry(path.stem, path=path) for path in own)]


def keep(kernel: Kernel, name: str, place: Path) -> Task[Entry]:
    """Write a kernel into the folder `place`; one of the same name is replaced.

    Raises:
        DeblurError: The name cannot be one, or the file cannot be written.
    """
    yield Progress(0.0, tr("Keeping the kernel"))
    name = check_name(name)
    path = place / f"{name}.npy"
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DeblurError(
            tr("The folder “{place}” for kernels cannot be made ({reason}).", place=place, reason=error.strerror)
        ) from error
    kernel_files.write_kernel(kernel, path)
    return Entry(name, path=path)


def read(path: Path) -> Task[tuple[str, Psf, str]]:
    """Read name and PSF of a file, and what was done to it in a sentence; see `read_psf`."""
    yield Progress(0.0, tr("Opening {name}", name=path.name))
    read = kernel_files.read_psf(path)
    return path.stem, read.psf, read.note


def write(psf: Psf, path: Path) -> Task[Path]:
    """Write a PSF; for errors see `kernel_files.write_psf`."""
    yield Progress(0.0, tr("Saving {name}", name=path.name))
    kernel_files.write_psf(psf, path)
    return path


def forget(entry: Entry) -> None:
    """Delete the file of one of the user's kernels.

    Raises:
        DeblurError: It cannot be deleted.
    """
    if entry.path is None:
        raise DeblurError(tr("“{name}” comes with the program and stays.", name=entry.name))
    try:
        entry.path.unlink(missing_ok=True)
    except OSError as error:
        raise DeblurError(
            tr("“{name}” cannot be deleted ({reason}).", name=entry.name, reason=error.strerror)
        ) from error


def check_name(name: str) -> str:
    """Return `name`, fit to be that of a file on every system.

    Raises:
        DeblurError: Nothing is left of it, or the program or the system has it already.
    """
    name = _NO_FILE_NAME.sub(" ", name)
    name = " ".join(name.split()).strip(". ")[:_LONGEST_NAME].rstrip(". ")
    if not name or name.split(".")[0].upper() in _RESERVED:
        raise DeblurError(tr("Give the kernel a name with letters or digits."))
    if name.casefold() in {text.casefold() for preset in PRESETS for text in (preset.name, tr(preset.name))}:
        raise DeblurError(tr("“{name}” comes with the program. Choose another name.", name=name))
    return name
