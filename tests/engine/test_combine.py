"""Several photos of one scene that become one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from deblur_app.blur import degrade, models
from deblur_app.core import image_io, metrics
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture, from_integer
from deblur_app.core.task import run_to_end
from deblur_app.engine import combine
from deblur_app.engine.combine import COMBINATIONS


@pytest.fixture(scope="module")
def sharp():
    """A photograph, 200 × 240."""
    from skimage.data import astronaut

    return from_integer(np.ascontiguousarray(astronaut()[20:220, 100:340]))


@pytest.fixture(scope="module")
def burst(sharp):
    """Four noisy photos of it."""
    return [
        Picture(run_to_end(degrade.degrade(sharp, degrade.Degradation(noise=0.03, seed=seed)))) for seed in range(4)
    ]


@pytest.mark.parametrize("how", COMBINATIONS.values(), ids=list(COMBINATIONS))
def test_every_combination_explains_itself(how):
    """Each is filed under its name and says what the photos are."""
    assert COMBINATIONS[how.name] is how
    assert how.explanation.endswith(".")
    assert how.most >= 2


def test_a_burst_loses_its_noise_and_keeps_what_the_first_file_said(sharp, burst):
    """Four photos give at least 2 dB over one of them; EXIF and profile of the first stay."""
    first = replace(burst[0], exif=b"exif", icc=b"icc", bit_depth=16)
    merged = run_to_end(combine.combine([first, *burst[1:]], "burst"))
    assert metrics.psnr(sharp, merged.pixels) > metrics.psnr(sharp, burst[0].pixels) + 2
    assert (merged.exif, merged.icc, merged.bit_depth) == (b"exif", b"icc", 16)


def test_two_directions_of_motion_give_more_than_one(sharp):
    """One photo still has what the other lost to motion across."""
    photos = [Picture(degrade.blur(sharp, models.motion(9, angle))) for angle in (0, 90)]
    both = run_to_end(combine.combine(photos, "blurred"))
    inside = (slice(16, -16),) * 2
    before = metrics.psnr(sharp[inside], photos[0].pixels[inside])
    assert metrics.psnr(sharp[inside], both.pixels[inside]) > before + 2


def test_photos_that_do_not_fit_are_refused(sharp, burst):
    """One photo alone, three for a pair, different sizes, and an unknown way, each with its sentence."""
    with pytest.raises(DeblurError, match="takes 2 to 32 photos, and there are 1"):
        run_to_end(combine.combine(burst[:1], "burst"))
    with pytest.raises(DeblurError, match="takes two photos, and there are 3"):
        run_to_end(combine.combine(burst[:3], "flash"))
    with pytest.raises(DeblurError, match=r"differ in size \(240 × 100, 240 × 200\)"):
        run_to_end(combine.combine([burst[0], Picture(sharp[:100])], "burst"))
    with pytest.raises(DeblurError, match=r"cannot be combined as “sum”\. Choose one of: blurred, burst, flash"):
        run_to_end(combine.combine(burst, "sum"))


def test_files_are_combined_and_none_of_them_overwritten(tmp_path, burst):
    """The result goes where it was asked to; a target that is one of the photos is refused before any work."""
    paths = []
    for number, picture in enumerate(burst[:2]):
        paths.append(tmp_path / f"{number}.png")
        image_io.write(picture, paths[-1])
    run_to_end(combine.combine_files(paths, "burst", lambda _: tmp_path / "merged.png"))
    assert image_io.read(tmp_path / "merged.png").size_text == "240 × 200"
    before = paths[1].read_bytes()
    with pytest.raises(DeblurError, match="never overwritten"):
        run_to_end(combine.combine_files(paths, "burst", lambda _: paths[1]))
    assert paths[1].read_bytes() == before
