"""Random damage: whatever a file contains, the answer is a picture or a sentence, never another error."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture, to_uint8

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BEGINNINGS = (
    b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08", b"GIF89a",
    b"RIFF\x24\0\0\0WEBPVP8 ", b"BM", b"P6\n", b"P5\n", b"\0\0\0\x0cjP  \r\n\x87\n", b"\0\0\0\x1cftypavif",
    b"\0\0\0\x1cftypheic",
)  # fmt: skip
KINDS = ("png", "jpeg", "tiff", "webp", "bmp", "gif", "ppm", "avif", "jpeg2000", "png 16-bit", "tiff 16-bit")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where damaged files are put, one after the other."""
    return tmp_path_factory.mktemp("damaged") / "file.png"


@pytest.fixture(scope="module")
def sound(scene, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A sound file of every kind, with EXIF where there is a place for it."""
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    exif[0x0112] = 6
    sound = {}
    for kind in KINDS:
        if kind.endswith("16-bit"):
            path = tmp_path_factory.mktemp("sound") / f"a.{kind.partition(' ')[0]}"
            image_io.write(Picture(scene, bit_depth=16, exif=exif.tobytes()), path)
            sound[kind] = path.read_bytes()
        else:
            buffer = io.BytesIO()
            options = {"exif": exif} if kind in {"png", "jpeg", "tiff", "webp", "avif"} else {}
            Image.fromarray(to_uint8(scene)).save(buffer, kind, **options)
            sound[kind] = buffer.getvalue()
    return sound


def _read(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    with suppress(DeblurError):
        picture = image_io.read(file)
        assert picture.pixels.shape == (picture.height, picture.width, 3)
        assert np.isfinite(picture.pixels).all()


@settings(max_examples=80)
@given(beginning=st.sampled_from(BEGINNINGS), rest=st.binary(max_size=400))
def test_random_bytes_give_a_sentence(file, beginning, rest):
    """Nothing but a `DeblurError` comes out of random bytes behind the beginning of a known format."""
    _read(file, beginning + rest)


@st.composite
def _damage(draw: st.DrawFn) -> Callable[[bytes], bytes]:
    """A few changed bytes, in the first 200 or anywhere, and in half of the cases an early end."""
    hits = draw(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8))
    span, length = draw(st.sampled_from([200, None])), draw(st.sampled_from([1.0, None]))
    length = draw(st.floats(0.01, 1)) if length is None else length

    def damage_file(sound: bytes) -> bytes:
        data = bytearray(sound)
        for place, value in hits:
            data[int(place * min(span or len(data), len(data)))] = value
        return bytes(data[: round(length * len(data))])

    return damage_file


@settings(max_examples=80)
@given(kind=st.sampled_from(KINDS), damage=_damage())
def test_corrupted_files_give_a_picture_or_a_sentence(file, sound, kind, damage):
    """Whatever happened to a sound file on its way: still nothing but a `DeblurError`."""
    _read(file, damage(sound[kind]))
