"""JPEG, WebP, AVIF and BMP by Pillow."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any

from PIL import Image

from deblur_app.core.image_io import embedded
from deblur_app.core.image_io.encoders.common import make_exif, to_image, to_inks_of, to_values
from deblur_app.core.image_io.save_options import DEFAULT, SUBSAMPLINGS
from deblur_app.core.image_io.thumbnails import renew_thumbnail
from deblur_app.core.profiles.icc import find_space

if TYPE_CHECKING:
    from deblur_app.core.image_io.save_options import SaveOptions
    from deblur_app.core.picture import Metadata, Picture

log = logging.getLogger(__name__)


def encode_jpeg(picture: Picture, save_options: SaveOptions) -> bytes:
    """Return the picture as a JPEG, over white, one channel where it is grey."""
    metadata = picture.metadata
    options: dict[str, Any] = {"icc_profile": picture.icc, "exif": make_exif(picture)}
    if metadata.has_thumbnail and options["exif"]:
        options["exif"] = renew_thumbnail(options["exif"], picture)
    is_original = save_options.quality is None and bool(metadata.jpeg_tables)
    if is_original:
        options["qtables"] = [list(table) for table in metadata.jpeg_tables]
    else:
        options["quality"] = save_options.quality or DEFAULT.quality
    if not picture.is_grey:
        is_known = is_original and 0 <= metadata.jpeg_sampling < len(SUBSAMPLINGS)
        options["subsampling"] = SUBSAMPLINGS[metadata.jpeg_sampling] if is_known else save_options.subsampling
    if metadata.resolution:
        options["dpi"] = tuple(min(max(round(value), 1), 65_535) for value in metadata.resolution)
    if metadata.comment:
        options["comment"] = metadata.comment.encode()
    for name in ("exif", "comment"):
        if len(options.get(name) or b"") > embedded.LONGEST_SEGMENT:
            log.warning("The block %s is longer than JPEG allows and is left out", name)
            options[name] = None
    options["extra"] = _xmp_segments(metadata) + _resource_segments(metadata.iptc)
    if picture.inks is not None:
        if is_original:
            options["qtables"] = options["qtables"][:1]
        del options["subsampling"]
        return _save_image(Image.fromarray(to_inks_of(picture, is_deep=False), "CMYK"), "JPEG", options)
    return _save(picture, "JPEG", has_alpha=False, **options)


def encode_webp(picture: Picture, save_options: SaveOptions) -> bytes:
    """Return the picture as a WebP; the resolution goes into EXIF, because WebP has no place for it.

    Without loss where the quality shall be that of the photo and that was never compressed with loss.
    """
    is_lossless = save_options.quality is None and picture.jpeg_table is None
    return _save_colours(picture, "WEBP", save_options, lossless=is_lossless)


def encode_avif(picture: Picture, save_options: SaveOptions) -> bytes:
    """Return the picture as an AVIF of 8 bits; the resolution goes into EXIF, as in WebP."""
    return _save_colours(picture, "AVIF", save_options, subsampling=save_options.subsampling)


def _save_colours(picture: Picture, kind: str, save_options: SaveOptions, **options: Any) -> bytes:
    """Return a file of a format that holds colours and profiles of colours only, EXIF and XMP."""
    icc = picture.icc if picture.icc and find_space(picture.icc) == b"RGB " else None
    return _save(
        picture,
        kind,
        may_be_grey=False,
        has_profile=icc is not None,
        quality=save_options.quality or DEFAULT.quality,
        icc_profile=icc,
        exif=make_exif(picture, with_resolution=True),
        xmp=picture.metadata.xmp,
        **options,
    )


def encode_bmp(picture: Picture) -> bytes:
    """Return the picture as a BMP in the colours of sRGB, over white, one channel where it is grey."""
    return _save(picture, "BMP", has_alpha=False, has_profile=False, dpi=picture.metadata.resolution)


def _save(
    picture: Picture,
    kind: str,
    *,
    may_be_grey: bool = True,
    has_alpha: bool = True,
    has_profile: bool = True,
    **options: Any,
) -> bytes:
    values = to_values(picture, is_deep=False, may_be_grey=may_be_grey, has_alpha=has_alpha, has_profile=has_profile)
    return _save_image(to_image(values), kind, options)


def _save_image(image: Image.Image, kind: str, options: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **{name: value for name, value in options.items() if value})
    return file.getvalue()


def _xmp_segments(metadata: Metadata) -> bytes:
    """Return XMP as segments of a JPEG: the packet, and behind it what it says that follows."""
    if not metadata.xmp:
        return b""
    packet = embedded.XMP_MARK + metadata.xmp
    if len(packet) > embedded.LONGEST_SEGMENT:
        log.warning("The XMP packet is longer than JPEG allows and is left out")
        return b""
    return b"".join(_segment(0xE1, content) for content in (packet, *metadata.xmp_extension))


def _segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2) + content


def _resource_segments(resources: bytes | None) -> bytes:
    """Return Photoshop's image resources as segments of a JPEG, as many as are needed."""
    if not resources:
        return b""
    step = embedded.LONGEST_SEGMENT - len(embedded.PHOTOSHOP_MARK)
    contents = [embedded.PHOTOSHOP_MARK + resources[start : start + step] for start in range(0, len(resources), step)]
    return b"".join(_segment(0xED, content) for content in contents)
