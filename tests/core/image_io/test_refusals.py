"""Files that are damaged, too large, unknown or not to be overwritten are refused in one sentence."""

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
from PIL import Image

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture, to_uint8
from tests.core.image_io.png_chunk import png_chunk

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
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(*part) for part in parts))
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
