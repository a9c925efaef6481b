"""Metadata comes back from every format that can hold it."""

from __future__ import annotations

import io
import struct
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile
from PIL import ExifTags, Image, ImageCms, IptcImagePlugin

from deblur_app.core import image_io
from deblur_app.core.formats import xmp
from deblur_app.core.image_io import embedded
from deblur_app.core.picture import Metadata, Picture, to_uint8

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.picture import Pixels

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
GREY = SRGB[:16] + b"GRAY" + SRGB[20:]
XMP = b'<?xpacket begin="" id="W5M0MpCehiHz"?><x:xmpmeta xmlns:x="adobe:ns:meta/">5</x:xmpmeta><?xpacket end="w"?>'
IPTC = embedded.wrap_iptc(b"\x1c\x02\x19\0\5horse")
METADATA = Metadata(XMP, IPTC, "a comment", (300.0, 150.0), (("Author", "Zoë"), ("Title", "馬")))

KEPT = {
    ".jpg": {"exif", "icc", "xmp", "iptc", "comment", "resolution"},
    ".png": {"exif", "icc", "xmp", "iptc", "comment", "resolution", "texts"},
    ".tif": {"exif", "icc", "xmp", "iptc", "resolution"},
    ".webp": {"exif", "icc", "xmp", "resolution"},
}
"""TIFF has the comment as its description, which is EXIF."""


def make_exif() -> bytes:
    """Return EXIF as cameras write it: camera, exposure, maker's note, place, size and orientation."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Orientation] = "Maker", 1
    exif[ExifTags.IFD.Exif] = {
        ExifTags.Base.ExposureTime: 0.01,
        ExifTags.Base.DateTimeOriginal: "2026:11:30 12:00:00",
        ExifTags.Base.MakerNote: b"note" * 50,
        ExifTags.Base.ExifImageWidth: 4000,
    }
    exif[ExifTags.IFD.GPSInfo] = {1: "N", 2: (48.0, 5.0, 9.5)}
    return exif.tobytes()


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("ending", list(KEPT))
def test_each_block_comes_back_from_formats_that_can_hold_it(tmp_path: Path, scene: Pixels, ending: str, depth: int):
    """The table of what is kept where, at both depths."""
    picture = Picture(scene, None, depth, make_exif(), SRGB, metadata=METADATA)
    image_io.write(picture, tmp_path / f"a{ending}")
    result = image_io.read(tmp_path / f"a{ending}")
    outcome = {"exif": _details(result.exif) == _details(picture.exif, scene.shape[1]), "icc": result.icc == SRGB}
    for name in ("xmp", "iptc", "comment"):
        outcome[name] = getattr(result.metadata, name) == getattr(METADATA, name)
    outcome["resolution"] = np.allclose(result.metadata.resolution, METADATA.resolution, rtol=1e-4)
    outcome["texts"] = set(METADATA.texts) <= set(result.metadata.texts)
    assert {name for name, is_kept in outcome.items() if is_kept} == KEPT[ending]


def _details(block: bytes | None, width: int | None = None) -> tuple[object, ...]:
    exif = Image.Exif()
    exif.load(block)
    details = dict(exif.get_ifd(ExifTags.IFD.Exif))
    details[ExifTags.Base.ExifImageWidth] = width or details[ExifTags.Base.ExifImageWidth]
    return exif[ExifTags.Base.Make], details, dict(exif.get_ifd(ExifTags.IFD.GPSInfo))


@pytest.mark.parametrize("ending", list(KEPT))
def test_other_programs_find_what_is_kept(tmp_path: Path, scene: Pixels, ending: str):
    """Pillow, tifffile and its reader of IPTC see the blocks where their standards put them."""
    path = tmp_path / f"a{ending}"
    image_io.write(Picture(scene, None, 8, make_exif(), SRGB, metadata=METADATA), path)
    with Image.open(path) as image:
        image.load()
        assert image.getexif().get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.ExposureTime] == pytest.approx(0.01)
        assert image.getexif().get_ifd(ExifTags.IFD.GPSInfo)[1] == "N"
        assert image.info["icc_profile"] == SRGB
        xmp = image.info.get("xmp") or image.info["XML:com.adobe.xmp"]
        assert (xmp.encode() if isinstance(xmp, str) else xmp) == XMP
        if ending != ".webp":
            assert tuple(image.info["dpi"]) == pytest.approx((300, 150), rel=1e-3)
        if ending in {".jpg", ".tif"}:
            assert IptcImagePlugin.getiptcinfo(image)[2, 25] == b"horse"


def test_a_camera_photo_becomes_every_format_and_back(tmp_path: Path, scene: Pixels):
    """A photo goes round through all of them, and its place and exposure are still there."""
    Image.fromarray(to_uint8(scene)).save(tmp_path / "0.jpg", exif=make_exif(), dpi=(240, 240), comment="hello")
    path = tmp_path / "0.jpg"
    for number, ending in enumerate((".tif", ".png", ".webp", ".tif", ".jpg"), 1):
        picture = image_io.read(path)
        path = tmp_path / f"{number}{ending}"
        image_io.write(picture, path)
    assert _details(image_io.read(path).exif) == _details(make_exif(), scene.shape[1])
    assert image_io.read(path).metadata.resolution == pytest.approx((240, 240), rel=1e-3)


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("profile", [None, GREY])
@pytest.mark.parametrize("ending", [".jpg", ".png", ".tif", ".bmp"])
def test_grey_stays_grey(tmp_path: Path, scene: Pixels, ending: str, profile: bytes | None, depth: int):
    """The file has one channel, the grey profile with it, and the values of the picture."""
    grey = np.repeat(scene.mean(axis=2, keepdims=True), 3, axis=2)
    path = tmp_path / f"a{ending}"
    image_io.write(Picture(grey, None, depth, icc=profile, is_grey=True), path)
    with Image.open(path) as image:
        assert image.mode in {"L", "I;16"}
    result = image_io.read(path)
    assert result.is_grey
    assert result.icc == (None if ending == ".bmp" else profile)
    np.testing.assert_allclose(result.pixels, grey, atol=0.03 if ending == ".jpg" else 0.6 / 255)


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("ending", [".png", ".tif"])
def test_grey_keeps_its_transparency(tmp_path: Path, scene: Pixels, ending: str, depth: int):
    """Two channels, of 8 or 16 bits, as other programs read them too."""
    grey = np.repeat(scene[..., :1], 3, axis=2)
    path = tmp_path / f"a{ending}"
    image_io.write(Picture(grey, np.ascontiguousarray(scene[..., 1]), depth, is_grey=True), path)
    result = image_io.read(path)
    assert (result.is_grey, result.bit_depth) == (True, depth)
    np.testing.assert_allclose(result.pixels, grey, atol=0.51 / (2**depth - 1))
    np.testing.assert_allclose(result.alpha, scene[..., 1], atol=0.51 / (2**depth - 1))
    if depth == 8:
        with Image.open(path) as image:
            assert image.mode == "LA"


@pytest.mark.parametrize("ending", [".jpg", ".bmp"])
def test_transparency_becomes_white_where_there_is_none(tmp_path: Path, scene: Pixels, ending: str):
    """The picture is laid over white, and a sentence says so; opaque pictures lose nothing and get none."""
    alpha = np.ones(scene.shape[:2], np.float32)
    alpha[:30] = 0
    picture = Picture(scene, alpha)
    path = tmp_path / f"a{ending}"
    image_io.write(picture, path)
    result = image_io.read(path)
    np.testing.assert_allclose(result.pixels[:16], 1, atol=0.02)
    assert np.abs(result.pixels[40:] - scene[40:]).mean() < 0.02
    assert "cannot hold transparency" in image_io.describe_loss(picture, path)
    assert image_io.describe_loss(picture, tmp_path / "a.png") == ""
    assert image_io.describe_loss(replace(picture, alpha=np.ones_like(alpha)), path) == ""


@pytest.mark.parametrize("order", [b"II", b"MM"])
def test_the_thumbnail_of_the_old_picture_is_renewed(tmp_path: Path, scene: Pixels, order: bytes):
    """It would show the blurred photo beside the sharp one; a photo without one gets none."""
    thumbnail = io.BytesIO()
    Image.new("RGB", (16, 12)).save(thumbnail, "JPEG")
    with_thumbnail = _exif_with_thumbnail(thumbnail.getvalue(), order)
    for number, block in enumerate((with_thumbnail, make_exif())):
        source, result = tmp_path / f"{number}.jpg", tmp_path / f"{number}_new.jpg"
        Image.fromarray(to_uint8(scene)).save(source, exif=block)
        image_io.write(image_io.read(source), result)
        assert thumbnail.getvalue() not in result.read_bytes()
        with Image.open(result) as image:
            kept = image.getexif()
            assert kept[ExifTags.Base.Orientation] == 1
            place = kept.get_ifd(ExifTags.IFD.IFD1)
            assert bool(place) == (number == 0)
        if place:
            start = result.read_bytes().index(b"Exif\0\0") + 6 + place[ExifTags.Base.JpegIFOffset]
            data = result.read_bytes()[start : start + place[ExifTags.Base.JpegIFByteCount]]
            small = Image.open(io.BytesIO(data), formats=["JPEG"])
            assert small.size == (80, 60)
            assert np.abs(np.asarray(small) / 255 - scene).mean() < 0.05
            assert image_io.read(result).metadata.has_thumbnail


def test_thumbnails_of_photoshop_and_xmp_go_and_the_rest_stays(tmp_path: Path, scene: Pixels):
    """Few programs read them, so they are not made anew; caption and rating are there still."""
    old = b"8BIM\x04\x0c\0\0" + (9).to_bytes(4) + b"thumbnail" + b"\0"
    packet = xmp.set_property(None, xmp.Property("http://ns.adobe.com/xap/1.0/", "xmp", "Rating"), "4")
    images = xmp.set_property(packet, xmp.Property("http://ns.adobe.com/xap/1.0/", "xmp", "Thumbnails"), "old pixels")
    for ending in (".jpg", ".png", ".tif"):
        path = image_io.write(Picture(scene, metadata=Metadata(images, old + IPTC + old)), tmp_path / f"a{ending}")
        assert image_io.read(path).metadata.iptc == IPTC
        assert image_io.read(path).metadata.xmp == packet


def _exif_with_thumbnail(jpeg: bytes, order: bytes) -> bytes:
    """Return an EXIF block with a second directory that holds a small JPEG (Exif 2.3, 4.5.5)."""
    mark = "<" if order == b"II" else ">"
    entry, link = struct.Struct(f"{mark}HHII"), struct.Struct(f"{mark}I")
    orientation = struct.pack(f"{mark}HHIHH", 0x0112, 3, 1, 1, 0)
    first = struct.pack(f"{mark}H", 1) + orientation + link.pack(26)
    place = entry.pack(0x0201, 4, 1, 26 + 2 + 24 + 4), entry.pack(0x0202, 4, 1, len(jpeg))
    second = struct.pack(f"{mark}H", 2) + b"".join(place) + bytes(4)
    return b"Exif\0\0" + order + struct.pack(f"{mark}HI", 42, 8) + first + second + jpeg


@pytest.mark.parametrize("description", ["ImageJ=1.53\nimages=5\n", '{"shape": [5, 8, 8]}', "<?xml?><OME xmlns='x'/>"])
def test_a_description_of_the_layout_is_not_copied(tmp_path: Path, description: str):
    """It would tell of pages that the new file does not have; a description of the photo is kept."""
    for text, is_kept in ((description, False), ("A horse", True)):
        tags = [(270, "s", 0, text, True)]
        tifffile.imwrite(tmp_path / "a.tif", np.zeros((8, 8), np.uint16), metadata=None, extratags=tags)
        image_io.write(image_io.read(tmp_path / "a.tif"), tmp_path / "b.tif")
        with tifffile.TiffFile(tmp_path / "b.tif") as file:
            assert (270 in file.pages[0].tags) == is_kept
            assert file.asarray().shape == (8, 8)


def test_an_orientation_inside_xmp_says_upright(tmp_path: Path, scene: Pixels):
    """The pixels are turned as they are read, so no program may turn them again."""
    packet = XMP.replace(b">5<", b' tiff:Orientation="6"><tiff:Orientation>8</tiff:Orientation><')
    Image.fromarray(to_uint8(scene)).save(tmp_path / "a.jpg", xmp=packet)
    xmp = image_io.read(tmp_path / "a.jpg").metadata.xmp
    assert b'tiff:Orientation="1"><tiff:Orientation>1<' in xmp


@pytest.mark.parametrize("ending", list(KEPT))
def test_letters_beyond_ascii_stay_in_texts_of_exif(tmp_path: Path, scene: Pixels, ending: str):
    """Many programs write UTF-8 there: the bytes stay, whatever they mean, and those that Windows writes in UTF-16."""
    artist, lens, title = "Zoë Müller".encode(), "Weißer Objektivname".encode(), "Möwe".encode("utf-16-le") + b"\0\0"
    exif = Image.Exif()
    exif[ExifTags.Base.Artist], exif[ExifTags.Base.XPTitle] = artist, title
    exif[ExifTags.IFD.Exif] = {ExifTags.Base.LensModel: "x" * len(lens)}
    block = exif.tobytes().replace(b"x" * len(lens), lens)
    image_io.write(Picture(scene, None, 8, block), tmp_path / f"a{ending}")
    for _ in range(2):  # and through a second program run
        data = (tmp_path / f"a{ending}").read_bytes()
        assert artist in data or ending == ".png"
        result = embedded.load_exif(image_io.read(tmp_path / f"a{ending}").exif)
        assert result[ExifTags.Base.Artist].encode("latin-1") == artist
        assert result[ExifTags.Base.XPTitle] == title
        assert result.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.LensModel].encode("latin-1") == lens
        image_io.write(image_io.read(tmp_path / f"a{ending}"), tmp_path / f"b{ending}")
        (tmp_path / f"b{ending}").replace(tmp_path / f"a{ending}")
