"""EXIF is changed in place: notes of camera makers stay at their addresses, to the byte."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

import pytest
from PIL import ExifTags, Image

from deblur_app.core import image_io
from deblur_app.core.image_io.embedded import EXIF_MARK, XMP_EXTENSION_MARK, XMP_MARK
from deblur_app.core.image_io.exif_patch import make_upright, with_size
from deblur_app.core.picture import to_uint8

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.picture import Pixels

NOTE = b"MAKER\0" + bytes(range(200))


def make_block(order: str, thumbnail: bytes = b"") -> bytes:
    """Return EXIF with orientation 6, a maker's note at address 100, a size of 4000 × 3000, and maybe a thumbnail."""
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    first = struct.pack(f"{order}HHHIH2xHHII", 2, 0x0112, 3, 1, 6, 0x8769, 4, 1, 40)
    second = 100 + len(NOTE) if thumbnail else 0
    details = struct.pack(f"{order}H", 3)
    details += struct.pack(f"{order}HHII", 0x927C, 7, len(NOTE), 100)
    details += struct.pack(f"{order}HHIH2xHHIII", 0xA002, 3, 1, 4000, 0xA003, 4, 1, 3000, 0)
    block = head + first + struct.pack(f"{order}I", second)
    block = block.ljust(40, b"\0") + details
    block = block.ljust(100, b"\0") + NOTE
    if thumbnail:
        block += struct.pack(f"{order}HHHIIHHII", 2, 0x0201, 4, 1, second + 30, 0x0202, 4, 1, len(thumbnail))
        block += bytes(4) + thumbnail
    return block


@pytest.mark.parametrize("order", "<>")
def test_only_the_numbers_that_change_are_overwritten(order: str) -> None:
    """Orientation, width as a short number, height as a long one; every other byte stays."""
    block = make_block(order)
    changed = with_size(make_upright(block), 60, 80)
    places = [place for place in range(len(block)) if block[place] != changed[place]]
    assert len(block) == len(changed)
    assert all(18 <= place < 22 or 62 <= place < 78 for place in places)
    exif = Image.Exif()
    exif.load(EXIF_MARK + changed)
    details = exif.get_ifd(ExifTags.IFD.Exif)
    assert exif[ExifTags.Base.Orientation] == 1
    assert (details[ExifTags.Base.ExifImageWidth], details[ExifTags.Base.ExifImageHeight]) == (60, 80)
    assert changed[100 : 100 + len(NOTE)] == NOTE


@pytest.mark.parametrize("order", "<>")
def test_the_thumbnail_goes(order: str) -> None:
    """It shows the blurred photo: its bytes go with its directory's link."""
    thumbnail = b"\xff\xd8 a thumbnail \xff\xd9" * 30
    changed = make_upright(make_block(order, thumbnail))
    assert b"a thumbnail" not in changed
    assert len(changed) < len(make_block(order, thumbnail)) - len(thumbnail) + 1
    assert changed[34:38] == bytes(4)


def test_a_photo_keeps_the_notes_of_its_camera_at_their_place(tmp_path: Path, scene: Pixels) -> None:
    """From JPEG into JPEG, PNG and WebP, with a thumbnail that is made anew behind it."""
    block = make_block(">", b"\xff\xd8 old thumbnail \xff\xd9")
    Image.fromarray(to_uint8(scene)).save(tmp_path / "a.jpg", exif=EXIF_MARK + block)
    picture = image_io.read(tmp_path / "a.jpg")
    assert picture.width < picture.height
    for ending in (".jpg", ".png", ".webp"):
        image_io.write(picture, tmp_path / f"b{ending}")
        with Image.open(tmp_path / f"b{ending}") as image:
            saved = image.info["exif"].removeprefix(EXIF_MARK)
        assert saved[100 : 100 + len(NOTE)] == NOTE
        assert b"old thumbnail" not in saved
    with Image.open(tmp_path / "b.jpg") as image:
        assert image.getexif().get_ifd(ExifTags.IFD.IFD1)


@pytest.mark.parametrize("length", range(0, 310, 7))
def test_broken_blocks_are_refused(length: int) -> None:
    """Whatever the length, a ValueError or a block: never another error."""
    for patch in (make_upright, lambda block: with_size(block, 1, 1)):
        try:
            patch(make_block("<", bytes(20))[:length])
        except ValueError:
            continue


def test_xmp_that_goes_on_in_further_segments_is_kept(tmp_path: Path, scene: Pixels) -> None:
    """A JPEG holds 64 kB of XMP in its packet; depth maps and histories follow it, byte for byte."""
    guid = b"0123456789ABCDEF0123456789ABCDEF"
    packet = XMP_MARK + b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + guid + b"</x:xmpmeta>"
    parts = [XMP_EXTENSION_MARK + guid + struct.pack(">II", 90_000, place) + bytes([place % 251]) * 45_000
             for place in (0, 45_000)]  # fmt: skip
    file = io.BytesIO()
    segments = b"".join(b"\xff\xe1" + (len(part) + 2).to_bytes(2) + part for part in (packet, *parts))
    Image.fromarray(to_uint8(scene)).save(file, "JPEG", extra=segments)
    (tmp_path / "a.jpg").write_bytes(file.getvalue())
    image_io.write(image_io.read(tmp_path / "a.jpg"), tmp_path / "b.jpg")
    saved = (tmp_path / "b.jpg").read_bytes()
    positions = [saved.find(part) for part in (packet, *parts)]
    assert positions == sorted(positions)
    assert min(positions) > 0
