"""`deblur psf`, `deblur reblur`, `deblur combine`, and PSFs for `deblur restore`."""

from __future__ import annotations

import json

import numpy as np
import pytest

from deblur_app.blur import degrade, models
from deblur_app.blur.kernel_files import files as kernel_files
from deblur_app.blur.kinds import Blur
from deblur_app.blur.psf import Psf
from deblur_app.cli import main as cli
from deblur_app.core import image_io, metrics
from deblur_app.core.picture import Picture, from_integer
from deblur_app.core.task import run_to_end

MOTION = models.motion(9, 20)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A sharp photo and one that motion blurred."""
    from skimage.data import astronaut

    place = tmp_path_factory.mktemp("photos")
    sharp = from_integer(np.ascontiguousarray(astronaut()[:200, 100:340]))
    image_io.write(Picture(sharp), place / "sharp.png")
    settings = degrade.Degradation(blur=MOTION, noise=0.003)
    image_io.write(Picture(run_to_end(degrade.degrade(sharp, settings))), place / "photo.png")
    return place


def _read_json(capsys) -> dict[str, object]:
    return json.loads(capsys.readouterr().out.strip().splitlines()[-1])


def test_a_psf_is_estimated_written_and_used(folder, tmp_path, capsys):
    """The file that `deblur psf` writes is what `deblur restore --psf` takes, and the result gains on the photo."""
    kernel = tmp_path / "kernel.npy"
    command = ["psf", str(folder / "photo.png"), "--kind", "motion", "-o", str(kernel), "--json"]
    assert cli.main(command) == 0
    answer = _read_json(capsys)
    assert answer["blur"] == "motion"
    assert abs(answer["values"]["length"] - 9) < 1.5
    assert cli.main(["psf", str(folder / "photo.png"), "-o", str(kernel)]) == 2
    assert "exists already" in capsys.readouterr().err
    result = tmp_path / "result.png"
    command = ["restore", str(folder / "photo.png"), "--method", "sparse", "--psf", str(kernel), "-o", str(result)]
    assert cli.main(command) == 0
    sharp, photo, restored = (
        image_io.read(path).pixels for path in (folder / "sharp.png", folder / "photo.png", result)
    )
    assert metrics.psnr(sharp, restored) > metrics.psnr(sharp, photo) + 2


def test_a_psf_can_be_told_in_words(folder, tmp_path, capsys):
    """`--psf motion:length=9,angle=20` is the same as the kernel's file."""
    results = []
    kernel_files.write_kernel(MOTION, tmp_path / "kernel.npy")
    for number, first in enumerate(("motion:length=9,angle=20", str(tmp_path / "kernel.npy"))):
        results.append(tmp_path / f"{number}.png")
        command = ["restore", str(folder / "photo.png"), "--method", "wiener", "--psf", first, "-o", str(results[-1])]
        assert cli.main(command) == 0
    assert np.array_equal(image_io.read(results[0]).pixels, image_io.read(results[1]).pixels)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["--psf", "motion:length=9", "--method", "autoencoder"],
            "takes no PSF. Those that do are: restorer-psf, sparse, wiener",
        ),
        (["--psf", "motion:size=9", "--method", "wiener"], "has no setting size"),
        (["--psf", "nowhere.npy", "--method", "wiener"], "nowhere.npy"),
    ],
)
def test_a_wrong_psf_is_told(folder, capsys, arguments, sentence):
    """The sentence says what is wrong with it."""
    assert cli.main(["restore", str(folder / "photo.png"), *arguments]) == 2
    assert sentence in capsys.readouterr().err


def test_a_result_is_checked_by_blurring_it_again(folder, capsys):
    """The sharp photo, blurred again, is the photo; the answer has the figures."""
    command = ["reblur", str(folder / "photo.png"), str(folder / "sharp.png"), "--psf", "motion:length=9,angle=20"]
    assert cli.main([*command, "--json"]) == 0
    answer = _read_json(capsys)
    assert answer["rms"] < 0.02
    assert answer["verdict"]


@pytest.mark.parametrize("arguments", [["--region", "1,2,3"], ["--grid", "0x3"], ["--point"]])
def test_wrong_regions_are_told(folder, capsys, arguments):
    """Regions of the wrong form, grids without regions, and a point that no region names."""
    assert cli.main(["psf", str(folder / "photo.png"), *arguments]) == 2
    assert capsys.readouterr().err.strip()


def test_several_photos_become_one(folder, tmp_path, capsys):
    """The result stands beside the first photo as NAME_combined; the photos stay as they were."""
    paths = [tmp_path / "one.png", tmp_path / "two.png"]
    for path in paths:
        path.write_bytes((folder / "sharp.png").read_bytes())
    assert cli.main(["combine", *map(str, paths), "--as", "burst", "--json"]) == 0
    answer = _read_json(capsys)
    assert answer["output"] == str(tmp_path / "one_combined.png")
    assert image_io.read(tmp_path / "one_combined.png").size_text == "240 × 200"
    assert paths[0].read_bytes() == (folder / "sharp.png").read_bytes()
    assert cli.main(["combine", str(paths[0]), "--as", "burst"]) == 2
    assert "takes 2 to 32 photos" in capsys.readouterr().err


def test_the_blur_of_each_region_is_written_as_a_matrix(folder, tmp_path, capsys):
    """`--grid` writes a picture of all kernels; `restore --regions` undoes each region's own blur."""
    matrix = tmp_path / "matrix.png"
    command = ["psf", str(folder / "photo.png"), "--kind", "motion", "--grid", "2x1", "-o", str(matrix), "--json"]
    assert cli.main(command) == 0
    assert _read_json(capsys)["output"] == str(matrix)
    picture = image_io.read(matrix)
    assert picture.width > 1.8 * picture.height
    result = tmp_path / "result.png"
    command = ["restore", str(folder / "photo.png"), "--method", "wiener", "--regions", "2x1", "-o", str(result)]
    assert cli.main(command) == 0
    assert image_io.read(result).size_text == "240 × 200"
    assert cli.main(["restore", str(folder / "photo.png"), "--method", "denoise", "--regions", "2x1"]) == 2
    assert "takes no PSF" in capsys.readouterr().err


def test_the_kernels_of_all_regions_are_written_and_used(folder, tmp_path):
    """The file of `--grid` given to `restore --psf` does what estimating the regions again would do."""
    grid, photo = tmp_path / "grid.npz", str(folder / "photo.png")
    assert cli.main(["psf", photo, "--grid", "2x1", "-o", str(grid)]) == 0
    results = [tmp_path / "given.png", tmp_path / "estimated.png"]
    for result, how in zip(results, (["--psf", str(grid)], ["--regions", "2x1"]), strict=True):
        assert cli.main(["restore", photo, "--method", "wiener", *how, "-o", str(result)]) == 0
    first, estimated = (image_io.read(result).pixels for result in results)
    assert metrics.psnr(estimated, first) > 60.0


def test_what_was_done_to_a_psf_is_told_on_stderr(folder, tmp_path, capsys):
    """A grey background is no light: the result is that of the clean PSF, and a sentence says so."""
    figures = []
    clean = np.pad(MOTION / MOTION.max(), 8)
    for name, values in (("clean", clean), ("grey", 0.02 + 0.98 * clean), ("negative", 1.0 - clean)):
        path = tmp_path / f"{name}.png"
        image_io.write(Picture(np.repeat(values[:, :, None], 3, axis=2).astype(np.float32)), path)
        command = ["restore", str(folder / "photo.png"), "--method", "sparse", "--psf", str(path), "--json"]
        assert cli.main([*command, "--truth", str(folder / "sharp.png"), "-o", str(tmp_path / f"{name}_out.png")]) == 0
        out, err = capsys.readouterr()
        figures.append(json.loads(out)["psnr"])
        assert ("taken off" in err) == (name == "grey")
        assert ("inverted" in err) == (name == "negative")
    np.testing.assert_allclose(figures, figures[0], atol=0.3)


def test_a_psf_that_cannot_be_one_is_refused(folder, tmp_path, capsys):
    """One sentence with the name of the file, and nothing is written."""
    noise = np.random.default_rng(1).random((31, 31)).astype(np.float32)
    image_io.write(Picture(np.repeat(noise[:, :, None], 3, axis=2)), tmp_path / "noise.png")
    command = ["restore", str(folder / "photo.png"), "--method", "sparse", "--psf", str(tmp_path / "noise.png")]
    assert cli.main([*command, "-o", str(tmp_path / "out.png")]) == 2
    assert "“noise.png” cannot be a PSF" in capsys.readouterr().err
    assert not (tmp_path / "out.png").exists()


def test_a_field_from_a_file_restores_the_photo_of_a_camera_that_turned(folder, tmp_path):
    """Better than the kernel of its middle does."""
    shake = Blur("shake-varying", {"extent": 7.0, "seed": 3})
    sharp = image_io.read(folder / "sharp.png").pixels
    photo = tmp_path / "photo.png"
    image_io.write(Picture(run_to_end(degrade.degrade(sharp, degrade.Degradation(shake, noise=0.003)))), photo)
    kernel_files.write_psf(Psf(shake.poses(sharp.shape).field()), tmp_path / "field.npz")
    kernel_files.write_psf(Psf(shake.kernel()), tmp_path / "kernel.npy")
    quality = {}
    for name in ("field.npz", "kernel.npy"):
        result = tmp_path / f"{name}.png"
        options = ["--method", "wiener", "--psf", str(tmp_path / name), "-o", str(result)]
        assert cli.main(["restore", str(photo), *options]) == 0
        quality[name] = metrics.psnr(sharp[12:-12, 12:-12], image_io.read(result).pixels[12:-12, 12:-12])

    assert quality["field.npz"] > quality["kernel.npy"] + 0.5


def test_a_field_looks_at_the_whole_frame_by_itself(folder, capsys):
    """Options that say where or what to look for are refused."""
    for options in (["--grid", "2x2"], ["--kind", "motion"], ["--region", "0,0,64,64"]):
        assert cli.main(["psf", str(folder / "photo.png"), "--field", *options]) == 2
        assert "--field looks at the whole frame" in capsys.readouterr().err


def test_a_photo_that_is_too_small_for_a_field_says_so(tmp_path, capsys):
    """With the least side."""
    noise = np.random.default_rng(0).random((150, 150, 3), np.float32)
    image_io.write(Picture(noise), tmp_path / "small.png")
    assert cli.main(["psf", str(tmp_path / "small.png"), "--field"]) == 2
    assert "160 pixels a side" in capsys.readouterr().err
