"""Results get the name, the place and the metadata that the user asks for, and never replace an original."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import ExifTags, Image

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.files.saving_settings import SavingSettings
from deblur_app.core.image_io.save_options import SaveOptions
from deblur_app.core.picture import Metadata, Picture
from deblur_app.core.task import run_to_end
from deblur_app.engine.saving import saving
from deblur_app.engine.saving.metadata_choice import choose_metadata
from deblur_app.engine.saving.size_estimate import estimate_bytes, find_size

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.picture import Pixels

_XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
    b' exif:GPSLatitude="52,31.2N" xmp:Rating="4"><exif:GPSLongitude>13,24.3E</exif:GPSLongitude>'
    b"</rdf:Description></rdf:RDF></x:xmpmeta>"
)


@pytest.fixture
def picture(photo: Path) -> Picture:
    """A photo that was taken in Berlin at the end of November."""
    exif = Image.Exif()
    exif[ExifTags.Base.DateTime] = "2026:11:30 12:00:00"
    exif[ExifTags.Base.Artist] = "A. Photographer"
    exif[ExifTags.IFD.GPSInfo] = {ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: (52.0, 31.0, 12.0)}
    return replace(image_io.read(photo), exif=exif.tobytes(), metadata=Metadata(xmp=_XMP, resolution=(300.0, 300.0)))


def test_a_counter_takes_the_next_free_number(photo: Path, picture: Picture) -> None:
    """Also where files may be replaced: the pictures before are not those of this photo."""
    how = SavingSettings(pattern="{date}-trip-{counter:03}", suffix=".jpg", existing="replace")
    names = [run_to_end(saving.save_by(picture, saving.choose_target(photo, picture, how), how)).name for _ in range(2)]
    assert names == ["2026-11-30-trip-001.jpg", "2026-11-30-trip-002.jpg"]


def test_a_counter_that_a_long_name_cuts_off_still_ends(tmp_path: Path, picture: Picture) -> None:
    """The files get the numbers of files of one name."""
    photo = tmp_path / f"{'n' * 240}.png"
    how = SavingSettings(pattern="{name}_________________________{counter}")
    first, second = (
        run_to_end(saving.save_by(picture, saving.choose_target(photo, picture, how), how)) for _ in range(2)
    )
    assert first != second


def test_replacing_spares_the_original(photo: Path, picture: Picture) -> None:
    """Whatever the pattern says; another file of that name is replaced."""
    before = photo.read_bytes()
    how = SavingSettings(pattern="{name}", existing="replace")
    path = run_to_end(saving.save_by(picture, saving.choose_target(photo, picture, how), how))
    assert path == photo.with_name("photo-2.png")
    assert photo.read_bytes() == before
    assert saving.choose_target(photo, picture, how).path() == path


def test_a_folder_that_is_gone_is_told(photo: Path, picture: Picture, tmp_path: Path) -> None:
    """In one sentence, before anything is written; and so is a pattern that gives no names."""
    with pytest.raises(DeblurError, match="There is no folder"):
        saving.choose_target(photo, picture, SavingSettings(folder=str(tmp_path / "gone")))
    with pytest.raises(DeblurError, match="no pattern for names"):
        saving.choose_target(photo, picture, SavingSettings(pattern="{nam}"))


def test_a_file_keeps_the_time_of_its_photo(photo: Path, picture: Picture) -> None:
    """Where that is asked for."""
    os.utime(photo, (1_000_000, 1_000_000))
    how = SavingSettings(keeps_time=True)
    path = run_to_end(saving.save_by(picture, saving.choose_target(photo, picture, how), how))
    assert path.stat().st_mtime == 1_000_000


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp"])
def test_a_position_is_left_out_of_every_format(suffix: str, photo: Path, picture: Picture) -> None:
    """Of EXIF and of XMP; all else stays. Without metadata, neither stays."""
    for which in ("all", "no-position", "none"):
        how = SavingSettings(suffix=suffix, metadata=which, pattern=f"{{name}}_{which}")
        path = run_to_end(saving.save_by(picture, saving.choose_target(photo, picture, how), how))
        data, read = path.read_bytes(), image_io.read(path)
        with Image.open(path) as image:
            exif = image.getexif()
            assert (ExifTags.IFD.GPSInfo in exif) == (which == "all")
            assert (exif.get(ExifTags.Base.Artist) == "A. Photographer") == (which != "none")
        assert (b"GPSLatitude" in data) == (b"GPSLongitude" in data) == (which == "all")
        assert (b"xmp:Rating" in (read.metadata.xmp or b"")) == (which != "none")


def test_metadata_that_cannot_be_read_tell_no_position(picture: Picture) -> None:
    """A block that nobody can look into is left out with the position."""
    metadata = Metadata(
        xmp=b"<exif:GPSLatitude>", xmp_extension=(b"GPSLatitude",), texts=(("Raw profile type exif", "…"),)
    )
    damaged = replace(picture, exif=b"Exif\0\0MM\0*broken", metadata=metadata)
    chosen = choose_metadata(damaged, "no-position")
    assert chosen.exif is None
    assert chosen.metadata == Metadata()


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp"])
@pytest.mark.parametrize("longest_side", [None, 1200])
def test_the_estimate_is_near_the_size_of_the_file(
    suffix: str, longest_side: int | None, scene: Pixels, tmp_path: Path
) -> None:
    """To a quarter, for a photo that is too large to be encoded only to tell that."""
    tile = np.concatenate([scene, scene[::-1]])
    pixels = np.kron(np.tile(tile, (10, 18, 1)), np.ones((1, 1, 1), np.float32)).astype(np.float32)
    noise = np.random.default_rng(1).normal(0, 0.02, pixels.shape)
    picture = Picture(np.clip(pixels + noise, 0, 1).astype(np.float32))
    options = SaveOptions(quality=90, longest_side=longest_side)
    path = image_io.write(picture, tmp_path / f"a{suffix}", options)
    written = image_io.read(path)
    assert find_size(picture, options) == (written.width, written.height)
    assert estimate_bytes(picture, suffix, options) == pytest.approx(path.stat().st_size, rel=0.25)
