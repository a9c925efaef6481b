"""The folder of photos of all kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.mixed import further, usual

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.mixed.photo import MixedPhoto

_FAMILIES = (
    usual.make_png,
    usual.make_jpeg,
    usual.make_tiff,
    further.make_simple,
    further.make_phone,
    further.make_linear,
    further.make_broken,
)

_ALL = 1000


def make_photos(folder: Path, *, most: int = _ALL) -> list[MixedPhoto]:
    """Write made photos of every kind into a folder and the folders in it, and return them.

    Photos are written by other libraries (Pillow, tifffile, imagecodecs, pillow-heif, astropy). Formats whose libraries
    are not installed are left out.

    Args:
        folder: An empty folder.
        most: Photos of each family at most; the last ones.
    """
    families = [list(make()) for make in _FAMILIES]
    photos = [photo for family in families for photo in (family[-most:])]
    for photo in photos:
        path = folder / photo.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(photo.data)
    return photos
