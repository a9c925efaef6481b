"""`deblur blur`, as a user and a script meet it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from deblur_app import terminal
from deblur_app.blur import models, shake
from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kernel_files import files as kernel_files
from deblur_app.blur.kinds import Blur
from deblur_app.cli import main as cli
from deblur_app.core import image_io
from deblur_app.core.picture import Picture
from deblur_app.core.task import run_to_end
from deblur_app.engine import tasks

if TYPE_CHECKING:
    from pathlib import Path

MOTION = ("--motion", "length=9,angle=32")


def _blur(*arguments: object) -> int:
    return cli.main(["blur", *map(str, arguments)])


@pytest.fixture
def deep(tmp_path: Path, scene) -> Path:
    """The scene with 16 bits per channel, between the levels of 8."""
    path = tmp_path / "deep.png"
    image_io.write(Picture(np.clip(scene * 0.9 + 0.0007, 0, 1), bit_depth=16), path)
    return path


# --- Results


def test_the_result_stands_beside_the_photo(truth, scene, capsys):
    """One line says what came from what; the photo is untouched, and a pipe gets no progress bar."""
    before = truth.read_bytes()
    assert _blur(truth, *MOTION) == 0
    result = truth.with_name("sharp_blurred.png")
    expected = run_to_end(degrade(scene, Degradation(models.motion(9, 32))))
    np.testing.assert_array_equal(image_io.read(result).pixels, expected)
    assert truth.read_bytes() == before
    out, err = capsys.readouterr()
    assert out.startswith(f"{truth} → {result}: 80 × 60 pixels, motion length=9.0,angle=32.0, ")
    assert (out.count("\n"), err) == (1, "")


@pytest.mark.parametrize(
    ("option", "text", "values"),
    [
        ("motion", "length=5", {"length": 5.0, "angle": 32.0}),
        ("defocus", "radius=3", {"radius": 3.0}),
        ("turbulence", "sigma=1.6", {"sigma": 1.6}),
        ("shake", "extent=13,seed=1", {"extent": 13.0, "roughness": 0.3, "exposure": 1.0, "seed": 1}),
        ("shake-varying", "extent=7,roll=2,seed=1", {"extent": 7.0, "roughness": 0.3, "exposure": 1.0, "roll": 2.0,
                                                     "focal": 28.0, "shift": 0.0, "seed": 1}),
    ],
)  # fmt: skip
def test_every_blur_with_every_setting(truth, capsys, option, text, values):
    """The answer holds all that is needed to make the same picture again."""
    scene = image_io.read(truth).pixels
    arguments = ("--noise", "0.01", "--photons", "5000", "--highlights", "2", "--jpeg", "90", "--seed", "3", "--json")
    assert _blur(truth, f"--{option}", text, *arguments) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer.pop("seconds") > 0
    output = truth.with_name("sharp_blurred.png")
    assert answer == {
        "input": str(truth),
        "output": str(output),
        "width": 80,
        "height": 60,
        "blur": option,
        "values": values,
        "noise": 0.01,
        "photons": 5000.0,
        "highlights": 2.0,
        "jpeg": 90,
        "seed": 3,
        "note": "",
    }
    again = Degradation(Blur(option, answer["values"]), noise=0.01, photons=5000, highlights=2, jpeg=90, seed=3)
    np.testing.assert_array_equal(image_io.read(output).pixels, run_to_end(degrade(scene, again)))


def test_a_kernel_goes_out_and_comes_in(truth, tmp_path):
    """Blurring by the kernel that was written gives the same picture, to a level."""
    kernel = tmp_path / "kernel.npy"
    assert _blur(truth, "--shake", "extent=9,seed=4", "--kernel-out", kernel) == 0
    np.testing.assert_allclose(kernel_files.read_kernel(kernel), shake.psf_of(shake.trajectory(9, seed=4)), atol=1e-7)
    assert _blur(truth, "--kernel", kernel, "-o", tmp_path / "again.png") == 0
    first, again = (image_io.read(path).pixels for path in (tmp_path / "sharp_blurred.png", tmp_path / "again.png"))
    np.testing.assert_allclose(first, again, atol=1.01 / 255)


def test_sixteen_bits_stay_sixteen(deep, tmp_path):
    """With detail between the levels of 8 bits; rounding is done where it is asked for, and by JPEG."""
    for name, *options in (("a",), ("b", "--eight-bit"), ("c", "--jpeg", "95")):
        assert _blur(deep, *MOTION, "-o", tmp_path / f"{name}.tif", *options) == 0
    result, rounded, compressed = (image_io.read(tmp_path / f"{name}.tif") for name in "abc")
    assert (result.bit_depth, rounded.bit_depth, compressed.bit_depth) == (16, 8, 8)
    levels = result.pixels * 255
    assert abs(levels - levels.round()).max() > 0.2


def test_results_count_up_until_overwriting_is_wished(truth):
    """A second run keeps the first result; with --overwrite it replaces it."""
    assert _blur(truth, *MOTION) == _blur(truth, *MOTION) == 0
    names = ["sharp.png", "sharp_blurred-2.png", "sharp_blurred.png"]
    assert sorted(path.name for path in truth.parent.iterdir()) == names
    first = truth.with_name("sharp_blurred.png")
    first.write_bytes(b"old")
    assert _blur(truth, *MOTION, "--overwrite") == 0
    assert sorted(path.name for path in truth.parent.iterdir()) == names
    assert first.read_bytes() != b"old"


def test_a_folder_is_its_photos_without_earlier_results(truth, deep, tmp_path, capsys):
    """Running twice does not blur the results of the first run; `restore` still takes them."""
    assert _blur(tmp_path, *MOTION, "--json") == _blur(tmp_path, *MOTION, "--json") == 0
    inputs = [json.loads(line)["input"] for line in capsys.readouterr().out.splitlines()]
    assert inputs == [str(deep), str(truth)] * 2


def test_output_names_a_folder_for_several(truth, deep, tmp_path):
    """It is made where it is missing."""
    assert _blur(truth, deep, *MOTION, "-o", tmp_path / "new" / "folder") == 0
    names = sorted(path.name for path in (tmp_path / "new" / "folder").iterdir())
    assert names == ["deep_blurred.png", "sharp_blurred.png"]


# --- Bad input


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["{photo}"], "One of the arguments --motion --defocus --turbulence --shake --shake-varying --kernel"),
        (["{photo}", *MOTION, "--defocus", "radius=3"], "not allowed with argument --motion"),
        (["{photo}", "--motion", "length"], "“length” is not of the form NAME=VALUE"),
        (["{photo}", "--motion", "length=0"], "Length must lie between 0.5 and 200 px: 0."),
        (["{photo}", "--motion", "size=3"], "has no setting size. It has: length, angle."),
        (["{photo}", *MOTION, "--noise", "much"], "invalid float value: 'much'"),
        (["{photo}", *MOTION, "--noise", "2"], "Noise must lie between 0 and 0.5: 2.0."),
        (["{photo}", *MOTION, "--jpeg", "0"], "JPEG quality must lie between 1 and 100: 0."),
        (["{photo}", *MOTION, "--photons", "-3"], "photons must lie between"),
        (["{photo}", *MOTION, "--seed", "-3"], "The seed must lie between"),
        (["{folder}/missing.jpg", *MOTION], "missing.jpg” does not exist"),
        (["{folder}/text.jpg", *MOTION], "text.jpg” is damaged, or not a picture"),
        (["{folder}/empty", *MOTION], "There are no pictures in the folder"),
        (["{photo}", "--kernel", "{folder}/missing.npy"], "missing.npy” does not exist"),
        (["{photo}", "--kernel", "{folder}/broken.npy"], "broken.npy” is damaged, or no NumPy file"),
        (["{photo}", "--kernel", "{folder}/black.png"], "black.png” is not a kernel: it is black"),
        (["{photo}", *MOTION, "-o", "{photo}", "--overwrite"], "is the original and is never overwritten"),
        (["{photo}", *MOTION, "-o", "{folder}/black.png"], "black.png” exists already"),
        (["{photo}", *MOTION, "-o", "{folder}/out.xyz"], "its extension is none of"),
        (["{photo}", *MOTION, "-o", "{folder}/new/out.png"], "there is no folder"),
        (["{photo}", *MOTION, "--kernel-out", "{folder}/kernel.jpg"], "Cannot write the kernel “kernel.jpg”"),
        (["{photo}", *MOTION, "--kernel-out", "{folder}/broken.npy"], "broken.npy” exists already"),
        (["{photo}", *MOTION, "--kernel-out", "{folder}/new/kernel.npy"], "kernel.npy” cannot be written"),
        (["{photo}", *MOTION, "--kernel-out", "{photo}", "--overwrite"], "is the original and is never overwritten"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(truth, tmp_path, capsys, arguments, sentence):
    """On stderr, without a traceback; nothing is written and nothing is changed."""
    (tmp_path / "text.jpg").write_text("Dear diary")
    (tmp_path / "broken.npy").write_bytes(b"\x93NUMPY")
    (tmp_path / "empty").mkdir()
    image_io.write(Picture(np.zeros((9, 9, 3), np.float32)), tmp_path / "black.png")
    before = {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")}
    assert _blur(*(argument.format(folder=tmp_path, photo=truth) for argument in arguments)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert sentence in err
    assert err.count("\n") == 1
    assert {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")} == before


def test_one_bad_photo_does_not_stop_the_others(truth, tmp_path, capsys):
    """The others are done, in JSON the bad one says why, and the exit code tells that not all went well."""
    assert _blur(tmp_path / "missing.png", truth, *MOTION, "--json") == 2
    out, err = capsys.readouterr()
    bad, good = (json.loads(line) for line in out.splitlines())
    assert bad == {"input": str(tmp_path / "missing.png"), "error": err.strip()}
    assert good["input"] == str(truth)


def test_ctrl_c_ends_with_130_and_leaves_nothing(truth, capsys, monkeypatch):
    """As shells expect; no part of a result and no traceback remains."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(tasks, "save_picture", interrupt)
    assert _blur(truth, *MOTION) == 130
    assert "Traceback" not in capsys.readouterr().err
    assert list(truth.parent.iterdir()) == [truth]


# --- The real program


def test_the_program_blurs_a_photo(truth, tmp_path):
    """A process of its own, from the arguments to the file, without a word on stderr."""
    arguments = [str(truth), "--shake-varying", "extent=7", "--noise", "0.01", "-o", str(tmp_path / "out.jpg")]
    command = [sys.executable, "-m", "deblur_app", "blur", *arguments]
    process = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (process.returncode, process.stderr) == (0, "")
    assert image_io.read(tmp_path / "out.jpg").size_text == "80 × 60"


def test_a_terminal_gets_a_progress_bar(truth, capsys, monkeypatch):
    """The stages are shown there, and stdout stays clean where stderr is a terminal."""
    from deblur_app.cli import blur as cli_blur

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    bars = []
    drive = terminal.drive
    monkeypatch.setattr(cli_blur, "drive", lambda task: drive(task, watch=lambda progress: bars.append(progress)))
    assert _blur(truth, *MOTION, "--noise", "0.01", "--json") == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["blur"] == "motion"
    assert "\x1b[" in err
    assert list(dict.fromkeys(progress.stage for progress in bars)) == [
        "Opening sharp.png", "Blurring", "Adding noise", "Rounding", "Saving sharp_blurred.png",
    ]  # fmt: skip
    fractions = [progress.fraction for progress in bars]
    assert fractions == sorted(fractions)
