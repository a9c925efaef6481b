"""Picture files: what is kept, what is refused, and that originals are safe."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest
import tifffile
from PIL import ExifTags, Image, ImageCms

from deblur_app.core import image_io
from deblur_app.core.picture import Picture, from_integer, to_uint8, to_uint16
from tests.core.image_io.png_chunk import png_chunk

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
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(*part) for part in parts)


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
