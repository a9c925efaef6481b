"""Writing picture files: whole or not at all, and never over the original."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import cv2

from deblur_app.core.errors import DeblurError
from deblur_app.core.file_errors import quote
from deblur_app.core.files.file_names import WRITABLE, same_file
from deblur_app.core.files.targets import Target
from deblur_app.core.image_io.encoders import pillow_formats, png, tiff
from deblur_app.core.image_io.encoders.common import is_transparent
from deblur_app.core.image_io.save_options import DEFAULT, prepare
from deblur_app.core.image_io.thumbnails import without_thumbnails
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from deblur_app.core.image_io.save_options import SaveOptions
    from deblur_app.core.picture import Picture

_OPAQUE = frozenset((".jpg", ".jpeg", ".bmp"))
_TIFF = frozenset((".tif", ".tiff"))


def write(picture: Picture, target: Path | Target, save_options: SaveOptions = DEFAULT) -> Path:
    """Write a picture in the format that the ending of `target` names, with all that the format can hold.

    16-bit pictures stay 16-bit in PNG and TIFF, grey ones stay grey in PNG, TIFF, JPEG and BMP. The file appears
    whole or not at all: a temporary file beside it takes its place when complete.

    Args:
        picture: The picture.
        target: Where to; a plain path is replaced if there is a file.
        save_options: Quality, depth and size.

    Returns:
        The file that was written.

    Raises:
        DeblurError: The ending is unknown, the format cannot hold the picture, the folder cannot be written to or
            the disk is full, or the target is the file that the picture was read from.
    """
    return write_pages([picture], target, save_options)


def write_pages(pictures: Sequence[Picture], target: Path | Target, save_options: SaveOptions = DEFAULT) -> Path:
    """Write pictures as the pages of a TIFF file, or a single one in any format.

    Returns:
        The file that was written.

    Raises:
        DeblurError: As `write`, or several pictures are to go into a format of one.
    """
    target = target if isinstance(target, Target) else Target.at(target, may_replace=True)
    path = target.path()
    for picture in pictures:
        check_target(path, picture.path)
    suffix = path.suffix.lower()
    if len(pictures) != 1 and not holds_pages(path):
        raise DeblurError(
            tr("{file} cannot hold {count} pages. Save them as .tif.", file=quote(path.name), count=len(pictures))
        )
    try:
        data = encode(
            [prepare(without_thumbnails(picture), save_options) for picture in pictures], suffix, save_options
        )
    except (OSError, ValueError, cv2.error) as error:
        raise DeblurError(
            tr(
                "{file} cannot hold a picture of {size_text} pixels ({error}). Save it as .png or .tif.",
                file=quote(path.name),
                size_text=pictures[0].size_text,
                error=error,
            )
        ) from error
    return target.write(data)


def holds_pages(path: Path) -> bool:
    """Return whether the format that the ending of `path` names may have several pages."""
    return path.suffix.lower() in _TIFF


def describe_loss(picture: Picture, path: Path) -> str:
    """Return a sentence where the format of `path` cannot hold something of the picture that is seen, else ""."""
    if path.suffix.lower() in _OPAQUE and is_transparent(picture):
        name = path.suffix[1:].upper().replace("JPG", "JPEG")
        return tr(
            "{name} cannot hold transparency: {file} is laid over white. Save it as .png to keep it.",
            name=name,
            file=quote(path.name),
        )
    return ""


def encode(pictures: Sequence[Picture], suffix: str, save_options: SaveOptions) -> bytes:
    """Return the bytes of a file of this ending; the pictures have its depth and size already, see `prepare`."""
    match suffix:
        case ".png":
            return png.encode(pictures[0])
        case ".jpg" | ".jpeg":
            return pillow_formats.encode_jpeg(pictures[0], save_options)
        case ".webp":
            return pillow_formats.encode_webp(pictures[0], save_options)
        case ".avif":
            return pillow_formats.encode_avif(pictures[0], save_options)
        case ".bmp":
            return pillow_formats.encode_bmp(pictures[0])
        case _:
            return tiff.encode(pictures)


def check_target(path: Path, original: Path | None) -> None:
    """Refuse what `write` would refuse, before any long work is done for it.

    Args:
        path: Where a picture shall be written.
        original: The file it is made from, which is never overwritten, under whatever name or link.

    Raises:
        DeblurError: The ending is none that can be written, `path` is the original, or its folder is missing or
            closed to the user.
    """
    if path.suffix.lower() not in WRITABLE:
        raise DeblurError(
            tr(
                "Cannot write “{name}”: its extension is none of {names}. Choose one of these.",
                name=path.name,
                names=", ".join(WRITABLE),
            )
        )
    if original is not None and same_file(path, original):
        raise DeblurError(tr("“{name}” is the original and is never overwritten. Choose another name.", name=path.name))
    if not path.parent.is_dir():
        raise DeblurError(
            tr(
                "“{path}” cannot be written: there is no folder “{folder}”. Make it first.",
                path=path,
                folder=path.parent,
            )
        )
    if not os.access(path.parent, os.W_OK):
        raise DeblurError(
            tr(
                "“{path}” cannot be written: you may not write to “{folder}”. Choose another folder.",
                path=path,
                folder=path.parent,
            )
        )
