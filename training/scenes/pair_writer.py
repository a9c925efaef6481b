"""The files of new pairs: a folder of sharp pictures and one of blurred ones, never over what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.files.targets import ProtectedFiles

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from deblur_app.core.picture import Picture

SIDES = ("blurred", "sharp")


class PairWriter:
    """Writes pairs as PNG into `blurred/` and `sharp/`, which are made here."""

    def __init__(self, out: Path, names: Sequence[str], sources: Sequence[Path]) -> None:
        """Check that nothing is overwritten.

        Args:
            out: The folder of both folders.
            names: Of the pairs, without an ending.
            sources: Pictures that the pairs are made of.

        Raises:
            DeblurError: A file is there already or is one of the sources, or the folder cannot be made.
        """
        self._names, self._out = names, out
        protected = ProtectedFiles(sources)
        for path in (self._path(side, number) for side in SIDES for number in range(len(names))):
            if path in protected or path.exists():
                raise DeblurError(f"“{path}” exists already and is never overwritten. Choose another folder.")
        try:
            for side in SIDES:
                (out / side).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DeblurError(f"The folder “{out}” cannot be made: {error.strerror}.") from error

    def write(self, number: int, blurred: Picture, sharp: Picture) -> None:
        """Write pair number `number`."""
        for side, picture in zip(SIDES, (blurred, sharp), strict=True):
            image_io.write(picture, self._path(side, number))

    def _path(self, side: str, number: int) -> Path:
        return self._out / side / f"{self._names[number]}.png"
