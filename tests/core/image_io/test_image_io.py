"""Picture files: what is kept, what is refused, and that originals are safe."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import psutil
import pytest
import tifffile
from PIL import ExifTags, Image, ImageCms

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture, from_integer, to_uint8, to_uint16

LOSSLESS = (".png", ".tif", ".bmp")
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.fixture
def colours() -> np.ndarray:
    """Random 16-bit colours with transparency: shape (5, 7, 4)."""
    return np.random.default_rng(0).integers(0, 65536, (5, 7, 4), np.uint16)


def _exif(**values: object) -> bytes:
    exif = Image.Exif()
    for name, value in values.items():
        exif[ExifTags.Base[name]] = value
    return exif.tobytes()


def _png(values: np.ndarray, depth: int, colour_type: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG file from big-endian rows, with `chunks` before the pixels."""
    height, width = values.shape[:2]
    header = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, 0)
    rows = b"".join(b"\0" + row.tobytes() for row in values)
    parts = [(b"IHDR", header), *chunks, (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _turn_as_stored(upright: np.ndarray, orientation: int) -> np.ndarray:
    """Return what a camera stores with this EXIF orientation so that `upright` is seen (Exif 2.3, tag 0x0112)."""
    turned = {
        1: upright, 2: upright[:, ::-1], 3: upright[::-1, ::-1], 4: upright[::-1],
        5: upright.swapaxes(0, 1), 6: np.rot90(upright), 7: np.rot90(upright.swapaxes(0, 1), 2),
        8: np.rot90(upright, -1),
    }  # fmt: skip
    return np.ascontiguousarray(turned[orientation])


# --- What is kept


@pytest.mark.parametrize("ending", LOSSLESS)
def test_8_bit_pixels_come_back(tmp_path, colours, ending):
    """A format without loss gives back each of the values."""
    values = (colours[..., :3] >> 8).astype(np.uint8)
    image_io.write(Picture(from_integer(values)), tmp_path / f"a{ending}")
    picture = image_io.read(tmp_path / f"a{ending}")
    assert picture.bit_depth == 8
    assert picture.alpha is None
    assert picture.path == tmp_path / f"a{ending}"
    np.testing.assert_array_equal(to_uint8(picture.pixels), values)


@pytest.mark.parametrize("ending", [".png", ".tif", ".TIFF"])
@pytest.mark.parametrize("transparent", [False, True])
def test_16_bit_pixels_come_back(tmp_path, colours, ending, transparent):
    """All 16 bits of colour and transparency survive in PNG and TIFF."""
    alpha = from_integer(colours[..., 3]) if transparent else None
    image_io.write(Picture(from_integer(colours[..., :3]), alpha, bit_depth=16), tmp_path / f"a{ending}")
    picture = image_io.read(tmp_path / f"a{ending}")
    assert picture.bit_depth == 16
    np.testing.assert_array_equal(to_uint16(picture.pixels), colours[..., :3])
    if transparent:
        np.testing.assert_array_equal(to_uint16(picture.alpha), colours[..., 3])
    else:
        assert picture.alpha is None


@pytest.mark.parametrize("ending", [".png", ".tif", ".webp"])
def test_8_bit_transparency_comes_back(tmp_path, colours, ending):
    """Half transparent pixels stay half transparent."""
    alpha = (colours[..., 3] >> 8).astype(np.uint8)
    image_io.write(Picture(from_integer(colours[..., :3]), from_integer(alpha)), tmp_path / f"a{ending}")
    np.testing.assert_array_equal(to_uint8(image_io.read(tmp_path / f"a{ending}").alpha), alpha)


@pytest.mark.parametrize("ending", [".jpg", ".jpeg", ".webp", ".bmp"])
@pytest.mark.parametrize("depth", [8, 16])
def test_formats_of_8_bits_take_any_picture(tmp_path, scene, ending, depth):
    """A picture of 16 bits is rounded where the format has 8; with transparency it still becomes a file."""
    path = tmp_path / f"a{ending}"
    image_io.write(Picture(scene, np.ones(scene.shape[:2], np.float32), depth, _exif(Make="M"), SRGB), path)
    picture = image_io.read(path)
    assert picture.bit_depth == 8
    assert np.abs(picture.pixels - scene).mean() < 0.02


@pytest.mark.parametrize(
    ("ending", "depth"), [(".jpg", 8), (".png", 8), (".tif", 8), (".webp", 8), (".png", 16), (".tif", 16)]
)
def test_exif_and_profile_come_back(tmp_path, scene, capfd, ending, depth):
    """The camera and the colour profile are still in the file, as other programs see it too."""
    path = tmp_path / f"a{ending}"
    image_io.write(Picture(scene, None, depth, _exif(Make="Maker", Orientation=1), SRGB), path)
    picture = image_io.read(path)
    exif = Image.Exif()
    exif.load(picture.exif)
    assert exif[ExifTags.Base.Make] == "Maker"
    assert picture.icc == SRGB
    with Image.open(path) as image:
        assert image.getexif()[ExifTags.Base.Make] == "Maker"
        assert image.info["icc_profile"] == SRGB
    assert capfd.readouterr().err == ""


def test_exif_survives_a_second_save(tmp_path, scene):
    """Reading and writing again and again does not spoil the block, in any of the formats."""
    path = tmp_path / "0.jpg"
    image_io.write(Picture(scene, None, 8, _exif(Make="Maker")), path)
    for number, ending in enumerate((".tif", ".png", ".webp", ".tif", ".jpg"), 1):
        picture = image_io.read(path)
        path = tmp_path / f"{number}{ending}"
        image_io.write(picture, path)
    exif = Image.Exif()
    exif.load(image_io.read(path).exif)
    assert exif[ExifTags.Base.Make] == "Maker"


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["jpg", "png", "tif", "webp", "png 16-bit", "tif 16-bit"])
def test_pictures_are_upright(tmp_path, kind, orientation):
    """Each of the eight orientations is applied once, by either decoder, and noted as done."""
    upright = np.zeros((8, 16, 3), np.uint8)
    upright[:4, :4] = 255, 0, 0
    upright[4:, 8:] = 0, 0, 255
    stored, exif = _turn_as_stored(upright, orientation), _exif(Orientation=orientation)
    ending, _, deep = kind.partition(" ")
    path = tmp_path / f"a.{ending}"
    if kind == "tif 16-bit":
        tags = [(274, "H", 1, orientation, True)]
        tifffile.imwrite(path, stored.astype(np.uint16) * 257, photometric="rgb", extratags=tags)
    elif kind == "png 16-bit":
        path.write_bytes(_png(stored.astype(">u2") * 257, 16, 2, (b"eXIf", exif.removeprefix(b"Exif\0\0"))))
    else:
        options = {"jpg": {"quality": 95, "subsampling": 0}, "webp": {"lossless": True}}.get(ending, {})
        Image.fromarray(stored).save(path, exif=exif, **options)
    picture = image_io.read(path)
    assert picture.bit_depth == (16 if deep else 8)
    assert picture.pixels.shape == upright.shape
    assert np.abs(picture.pixels - from_integer(upright)).max() < 0.05
    kept = Image.Exif()
    kept.load(picture.exif)
    assert kept[ExifTags.Base.Orientation] == 1


def test_16_bit_grey_becomes_three_equal_channels(tmp_path):
    """A scan keeps its 16 bits, from PNG with and without transparency, TIFF and PGM."""
    grey = np.arange(12, dtype=np.uint16).reshape(3, 4) * 5000
    both = np.stack([grey, 65535 - grey], axis=-1)
    (tmp_path / "grey.png").write_bytes(_png(grey.astype(">u2"), 16, 0))
    (tmp_path / "alpha.png").write_bytes(_png(both.astype(">u2"), 16, 4))
    tifffile.imwrite(tmp_path / "grey.tif", grey)
    (tmp_path / "grey.ppm").write_bytes(b"P5 4 3 65535\n" + grey.astype(">u2").tobytes())
    for name in ("grey.png", "alpha.png", "grey.tif", "grey.ppm"):
        picture = image_io.read(tmp_path / name)
        assert picture.bit_depth == 16
        np.testing.assert_array_equal(to_uint16(picture.pixels), np.repeat(grey[..., None], 3, axis=2))
    np.testing.assert_array_equal(to_uint16(image_io.read(tmp_path / "alpha.png").alpha), 65535 - grey)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "YCbCr"])
def test_every_kind_of_8_bit_colour_is_read(tmp_path, mode):
    """White stays white and black black, whatever way the file stores them."""
    image = Image.new("RGB", (4, 3), "white")
    image.putpixel((1, 2), (0, 0, 0))
    path = tmp_path / ("a.jpg" if mode in {"CMYK", "YCbCr"} else "a.png")
    large = image.resize((32, 24), Image.Resampling.NEAREST)
    large.convert(mode).save(path)
    picture = image_io.read(path)
    assert picture.pixels.shape == (24, 32, 3)
    np.testing.assert_allclose(picture.pixels[4, 4], 1, atol=0.02)
    np.testing.assert_allclose(picture.pixels[20, 12], 0, atol=0.02)
    assert (picture.alpha is not None) == (mode in {"LA", "RGBA"})


def test_the_transparent_colour_of_a_palette_is_transparent(tmp_path):
    """A GIF or PNG that names one colour as transparent gets real transparency."""
    image = Image.new("P", (3, 2), 0)
    image.putpalette([255, 0, 0, 0, 255, 0])
    image.putpixel((1, 1), 1)
    image.save(tmp_path / "a.png", transparency=1)
    picture = image_io.read(tmp_path / "a.png")
    expected = np.ones((2, 3))
    expected[1, 1] = 0
    np.testing.assert_array_equal(picture.alpha, expected)


def test_a_profile_of_other_colours_is_left_out(tmp_path):
    """A profile for CMYK or grey would be wrong on the RGB that is written."""
    grey = SRGB[:16] + b"GRAY" + SRGB[20:]
    Image.new("RGB", (4, 3)).save(tmp_path / "a.tif", icc_profile=grey)
    assert image_io.read(tmp_path / "a.tif").icc is None


def test_how_a_tiff_stored_its_pixels_is_not_taken_for_exif(tmp_path, colours):
    """A tiled TIFF becomes a TIFF in strips that every reader understands, and keeps its author."""
    values = np.repeat(np.repeat((colours[..., :3] >> 8).astype(np.uint8), 8, axis=0), 8, axis=1)
    tifffile.imwrite(
        tmp_path / "tiled.tif", values, tile=(16, 16), photometric="rgb", compression="adobe_deflate",
        extratags=[(315, "s", 0, "Author", True)], metadata=None,
    )  # fmt: skip
    image_io.write(image_io.read(tmp_path / "tiled.tif"), tmp_path / "strips.tif")
    np.testing.assert_array_equal(tifffile.imread(tmp_path / "strips.tif"), values)
    with Image.open(tmp_path / "strips.tif") as image:
        assert image.getexif()[ExifTags.Base.Artist] == "Author"
        assert 322 not in image.getexif()  # TileWidth


def test_a_broken_exif_block_does_not_cost_the_photo(tmp_path, scene):
    """The pixels are good, so the photo opens; only the block is lost."""
    Image.fromarray(to_uint8(scene)).save(tmp_path / "a.jpg", exif=b"Exif\0\0nonsense that is no TIFF header")
    picture = image_io.read(tmp_path / "a.jpg")
    assert picture.pixels.shape == scene.shape
    assert picture.exif is None


def test_exif_that_is_too_long_for_jpeg_is_left_out(tmp_path, scene):
    """A scanner's long block must not keep the photo from being saved."""
    image_io.write(Picture(scene, exif=_exif(ImageDescription="x" * 70_000)), tmp_path / "a.jpg")
    assert image_io.read(tmp_path / "a.jpg").exif is None


@pytest.mark.parametrize("name", ["with space.png", "Größe – 写真.png", "a.b.c.PNG", "x" * 240 + ".jpg"])
def test_any_file_name_works(tmp_path, scene, name):
    """Spaces, other scripts, dots, capital endings and very long names."""
    image_io.write(Picture(scene), tmp_path / name)
    assert image_io.read(tmp_path / name).pixels.shape == scene.shape


# --- What is refused


@pytest.mark.parametrize("ending", [".png", ".jpg", ".tif", ".webp", ".bmp", ".png 16-bit", ".tif 16-bit"])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.9])
def test_truncated_files_are_refused(tmp_path, scene, capfd, ending, share):
    """A copy that was cut off is told by its name, and not shown half grey."""
    ending, _, deep = ending.partition(" ")
    image_io.write(Picture(scene, bit_depth=16 if deep else 8), tmp_path / f"whole{ending}")
    data = (tmp_path / f"whole{ending}").read_bytes()
    (tmp_path / f"cut{ending}").write_bytes(data[: int(len(data) * share)])
    with pytest.raises(DeblurError, match=rf"cut{ending}” is damaged"):
        image_io.read(tmp_path / f"cut{ending}")
    assert capfd.readouterr().err == ""


def test_missing_empty_and_other_files_are_refused(tmp_path):
    """Each with the sentence that fits."""
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "text.jpg").write_text("Dear diary")
    (tmp_path / "folder.jpg").mkdir()
    for name, sentence in {
        "missing.jpg": "does not exist",
        "empty.jpg": "is empty",
        "text.jpg": "not a picture that Deblur can read",
        "folder.jpg": "is a folder",
    }.items():
        with pytest.raises(DeblurError, match=sentence) as caught:
            image_io.read(tmp_path / name)
        assert name in str(caught.value)


def test_a_program_in_disguise_is_not_run(tmp_path):
    """PostScript under the name of a photo is refused, and never handed to an interpreter."""
    (tmp_path / "a.jpg").write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\nshowpage\n")
    with pytest.raises(DeblurError, match="not a picture"):
        image_io.read(tmp_path / "a.jpg")


@pytest.mark.parametrize(
    ("width", "height", "sentence"),
    [(0, 0, "is damaged"), (0, 5, "is damaged"), (30_000, 30_000, "900 megapixels")],
)
def test_impossible_sizes_are_refused_by_the_header(tmp_path, width, height, sentence):
    """Neither nothing nor a decompression bomb is unpacked."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts))
    with pytest.raises(DeblurError, match=sentence):
        image_io.read(tmp_path / "a.png")


def test_a_picture_larger_than_the_memory_is_refused(tmp_path, photo, monkeypatch):
    """The sentence says how much is needed and how much is free."""
    monkeypatch.setattr(psutil, "virtual_memory", type("Memory", (), {"available": 1000}))
    with pytest.raises(DeblurError, match=r"needs .*\d+ .?B.* and 1 kB are free"):
        image_io.read(photo)


def test_numbers_without_a_known_white_are_refused(tmp_path):
    """A scientific TIFF of floating point numbers beyond 1 is told what to become."""
    tifffile.imwrite(tmp_path / "a.tif", np.full((4, 5), 7, np.float32))
    with pytest.raises(DeblurError, match=r"values from 0 to 7, which Deblur cannot read.*16 bits"):
        image_io.read(tmp_path / "a.tif")


def test_a_broken_camera_raw_file_is_refused(tmp_path):
    """LibRaw's complaint becomes ours."""
    pytest.importorskip("rawpy")
    (tmp_path / "a.nef").write_bytes(b"II*\0" + bytes(200))
    with pytest.raises(DeblurError, match=r"a\.nef” is damaged"):
        image_io.read(tmp_path / "a.nef")


def test_a_missing_library_is_named(tmp_path, monkeypatch):
    """Without the extra, a raw file says which extra it needs."""
    monkeypatch.setitem(sys.modules, "rawpy", None)
    (tmp_path / "a.nef").write_bytes(b"II*\0" + bytes(200))
    with pytest.raises(DeblurError, match="extra “formats”"):
        image_io.read(tmp_path / "a.nef")


def test_unknown_endings_are_refused(tmp_path, scene):
    """The sentence lists what can be written, and nothing is written."""
    with pytest.raises(DeblurError, match=r"\.png, \.jpg"):
        image_io.write(Picture(scene), tmp_path / "a.xyz")
    assert list(tmp_path.iterdir()) == []


def test_a_panorama_too_wide_for_its_format_is_refused(tmp_path):
    """WebP ends at 16,383 pixels: the sentence names formats that go further."""
    with pytest.raises(DeblurError, match=r"a\.webp” cannot hold a picture of 17000 × 2 pixels.*\.png"):
        image_io.write(Picture(np.zeros((2, 17_000, 3), np.float32)), tmp_path / "a.webp")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_refused(tmp_path, scene):
    """The sentence names the folder."""
    with pytest.raises(DeblurError, match=r"there is no folder .*missing"):
        image_io.write(Picture(scene), tmp_path / "missing" / "a.png")


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such modes there")
def test_a_folder_closed_to_the_user_is_refused(tmp_path, scene):
    """Nothing can be made there: a folder of mode 555, or for the administrator, whom modes do not stop, /proc."""
    folder = tmp_path
    if os.geteuid() == 0:
        folder = Path("/proc")
    else:
        folder.chmod(0o555)
    with pytest.raises(DeblurError, match="cannot be written"):
        image_io.write(Picture(scene), folder / "a.png")


@pytest.mark.parametrize("detour", ["itself", "symlink", "hard link", "dots"])
def test_the_original_is_never_overwritten(tmp_path, photo, detour):
    """Under whatever name it is reached."""
    before = photo.read_bytes()
    target = tmp_path / "other.png"
    match detour:
        case "itself":
            target = photo
        case "symlink":
            target.symlink_to(photo)
        case "hard link":
            target.hardlink_to(photo)
        case "dots":
            target = tmp_path / ".." / tmp_path.name / photo.name
    with pytest.raises(DeblurError, match="is the original"):
        image_io.write(image_io.read(photo), target)
    assert photo.read_bytes() == before


def test_a_picture_whose_original_is_gone_can_be_saved(tmp_path, photo):
    """The memory card was taken out meanwhile: the result is saved all the same, even over another file."""
    picture = image_io.read(photo)
    photo.unlink()
    target = tmp_path / "result.png"
    target.write_bytes(b"an older result")
    image_io.write(picture, target)
    np.testing.assert_array_equal(image_io.read(target).pixels, picture.pixels)


def test_damaged_files_print_nothing(tmp_path, scene):
    """The user sees our sentence alone, and nothing that Pillow and libtiff have to say about a file."""
    file = io.BytesIO()
    Image.fromarray(to_uint8(scene)).save(file, "TIFF")
    (tmp_path / "a.tif").write_bytes(file.getvalue()[:-20])
    program = (
        "import sys; from pathlib import Path; from deblur_app.core import errors, image_io\n"
        "try: image_io.read(Path(sys.argv[1]))\nexcept errors.DeblurError as error: print(type(error).__name__)"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "a.tif")]
    process = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (process.stdout, process.stderr) == ("DeblurError\n", "")
