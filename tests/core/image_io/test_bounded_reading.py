"""Files that say more than they hold: refused or read within seconds and bounded memory, each with its sentence."""

from __future__ import annotations

import functools
import io
import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.image_io import png_chunks
from deblur_app.core.picture import to_uint8
from tests.fuzz.harness import Reader, check

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.core.picture import Pixels


def _png(width: int, height: int, depth: int, colour: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """Return a PNG of zeros, with `chunks` before its pixels."""
    samples = {0: 1, 2: 3, 6: 4}[colour]
    row = bytes(1 + -(-width * samples * depth // 8))
    packer = zlib.compressobj(9)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return png_chunks.join([(b"IHDR", header), *chunks, (b"IDAT", pixels), (b"IEND", b"")])


def _header(width: int, height: int, depth: int, colour: int) -> bytes:
    """Return a PNG that has a header and no pixels."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return png_chunks.join([(b"IHDR", header), (b"IEND", b"")])


@functools.cache
def _zeros(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()


def _jpeg(image: Image.Image, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", **options)
    return file.getvalue()


def _many_scans() -> bytes:
    data = _jpeg(Image.new("L", (64, 64)), progressive=True)
    last = data[data.rfind(b"\xff\xda") : -2]
    return data[:-2] + last * 2000 + data[-2:]


def _tiff(*tags: tuple[int, int, int, int], behind: bytes = b"") -> bytes:
    """Return a little-endian TIFF whose first directory has these tags: number, type, count, value."""
    basic = {256: 10, 257: 10, 258: 8, 259: 1, 262: 1, 273: 300, 277: 1, 278: 10, 279: 100}
    entries = {tag: (tag, 4, 1, value) for tag, value in basic.items()} | {tag[0]: tag for tag in tags}
    directory = struct.pack("<H", len(entries)) + b"".join(
        struct.pack("<HHII", *entries[tag]) for tag in sorted(entries)
    )
    head = b"II*\0" + struct.pack("<I", 8) + directory + bytes(4)
    return head + bytes(max(300 - len(head), 0)) + (behind or bytes(100))


def _gif(canvas: int) -> bytes:
    file = io.BytesIO()
    Image.new("P", (10, 10)).save(file, "GIF")
    return file.getvalue()[:6] + struct.pack("<HH", canvas, canvas) + file.getvalue()[10:]


def _webp(side: int) -> bytes:
    content = b"VP8X" + struct.pack("<I", 10) + bytes(4) + (side - 1).to_bytes(3, "little") * 2
    return b"RIFF" + struct.pack("<I", 4 + len(content)) + b"WEBP" + content


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "250 megapixels of nothing": (".png", lambda: _png(15_800, 15_800, 1, 0), "too large when unpacked: 250"),
    "16 bits of nothing": (".png", lambda: _header(6000, 6000, 16, 6), "too large when unpacked"),
    "2,000 passes": (".jpg", _many_scans, "too large to unpack: it is stored in 20"),
    "a comment of 5 MB": (".ppm", lambda: b"P6\n#" + b"x" * 5_000_000 + b"\n1 1 255\n\0\0\0", "header is wrong"),
    "a giant canvas": (".gif", lambda: _gif(65_535), "too large: 65535 × 65535"),
    "a giant canvas of WebP": (".webp", lambda: _webp(16_383), "too large: 16383 × 16383"),
    "a giant strip": (".tif", lambda: _tiff((279, 4, 1, 2**31)), "parts of the picture are missing"),
    "a million strips": (".tif", lambda: _tiff((257, 4, 1, 2**20), (278, 4, 1, 1)), "is damaged"),
    "a giant tile": (
        ".tif", lambda: _tiff((322, 4, 1, 2**16), (323, 4, 1, 2**16), (324, 4, 1, 300), (325, 4, 1, 100)), "tiles",
    ),
    "4,000 channels": (".tif", lambda: _tiff((277, 4, 1, 4000)), "is a TIFF of 4000 channels|is damaged"),
    "a strip that unpacks to 100 MB": (
        ".tif", lambda: _tiff((259, 4, 1, 8), (279, 4, 1, len(_zeros(100))), behind=_zeros(100)), "is damaged",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", list(REFUSED))
def test_what_would_fill_the_memory_or_take_minutes_is_refused(kind):
    """Within seconds and 1.5 GB, as for every reader of foreign files, by the header where possible."""
    ending, make, words = REFUSED[kind]
    sentence = check(Reader(kind, f"a{ending}", lambda _: b"", image_io.read), make())
    assert sentence is not None
    assert any(word in sentence for word in words.split("|"))


READ: dict[str, Callable[[], bytes]] = {
    "a profile of 100 MB": lambda: _png(9, 9, 8, 2, (b"iCCP", b"p\0\0" + _zeros(100))),
    "texts of 200 MB": lambda: _png(9, 9, 8, 2, *[(b"zTXt", b"key\0\0" + _zeros(20))] * 10),
    "EXIF with counts of gigabytes": lambda: _png(
        9, 9, 8, 2, (b"eXIf", _tiff(*((60_000 + n, 1, 2**31, 8) for n in range(500))))
    ),
    "pages in a ring": lambda: _tiff()[:118] + struct.pack("<I", 8) + _tiff()[122:],
}  # fmt: skip


@pytest.mark.parametrize("kind", list(READ))
def test_absurd_metadata_costs_at_most_itself(kind):
    """The pixels are good, so there is a picture or a sentence, within seconds and bounded memory."""
    ending = ".tif" if READ[kind]().startswith(b"II") else ".png"
    check(Reader(kind, f"a{ending}", lambda _: b"", image_io.read), READ[kind]())


@pytest.mark.parametrize("options", [{}, {"subsampling": 0}, {"restart_marker_blocks": 2}, {"optimize": True}])
def test_a_jpeg_that_ends_too_early_is_refused(tmp_path, scene: Pixels, options):
    """Also where something put the mark of the end behind what is left."""
    data = _jpeg(Image.fromarray(to_uint8(scene)), **options)
    (tmp_path / "whole.jpg").write_bytes(data)
    assert image_io.read(tmp_path / "whole.jpg").size_text == "80 × 60"
    (tmp_path / "cut.jpg").write_bytes(data[: len(data) * 3 // 4] + b"\xff\xd9")
    with pytest.raises(DeblurError, match=r"“cut\.jpg” is damaged"):
        image_io.read(tmp_path / "cut.jpg")


@pytest.mark.parametrize("interlaced", [False, True])
@pytest.mark.parametrize(("depth", "colour"), [(1, 0), (8, 2), (16, 2), (16, 0)])
def test_a_png_with_missing_rows_is_refused(tmp_path, depth, colour, interlaced):
    """At every depth, also where its compressed stream ends properly."""
    header = struct.pack(">IIBBBBB", 40, 30, depth, colour, 0, 0, int(interlaced))
    row = bytes(1 + 40 * {0: 1, 2: 3}[colour] * depth // 8)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(row * 12)), (b"IEND", b"")]
    (tmp_path / "a.png").write_bytes(png_chunks.join(chunks))
    with pytest.raises(DeblurError, match=r"“a\.png” is damaged.*rows are missing"):
        image_io.read(tmp_path / "a.png")


@pytest.mark.parametrize(
    ("ending", "make", "kind"),
    [
        (".jpg", lambda: _with_precision(12), "a JPEG of 12 bits"),
        (".tif", lambda: _tiff((262, 4, 1, 8), (277, 4, 1, 3), (279, 4, 1, 300), behind=bytes(300)), r"CIE L\*a\*b\*"),
        (".tif", lambda: _tiff((339, 3, 1, 2)), "numbers with a sign"),
        (".tif", lambda: _tiff((258, 3, 1, 32), (339, 3, 1, 3), (279, 4, 1, 400), behind=struct.pack("<f", 9) * 100),
         "floating-point picture with values from 0 to 9"),
        (".ppm", lambda: b"P7\nWIDTH 1\n", "a PAM picture"),
    ],
)  # fmt: skip
def test_what_is_not_supported_is_not_called_damaged(tmp_path, ending, make, kind):
    """The sentence names the kind and what to save instead."""
    (tmp_path / f"a{ending}").write_bytes(make())
    with pytest.raises(DeblurError, match=kind) as caught:
        image_io.read(tmp_path / f"a{ending}")
    assert "which Deblur cannot read" in str(caught.value)
    assert "damaged" not in str(caught.value)


def _with_precision(bits: int) -> bytes:
    data = bytearray(_jpeg(Image.new("RGB", (16, 16))))
    data[data.find(b"\xff\xc0") + 4] = bits
    return bytes(data)
