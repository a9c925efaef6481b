"""The command line, as a user and a script meet it."""

from __future__ import annotations

import os
import struct
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from deblur_app import terminal
from deblur_app.cli import main as cli
from deblur_app.cli import restore as restore_command
from deblur_app.core import image_io, metrics
from deblur_app.core.picture import Picture
from deblur_app.core.task import run_to_end
from deblur_app.engine import tasks
from deblur_app.engine.method import Request
from tests.cli.json_lines import parse_json_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from deblur_app.core.task import Task

type Restore = Callable[..., int]


@pytest.fixture
def restore(tiny_card: Path) -> Restore:
    """`deblur restore …` with the tiny model, on the processor."""
    return lambda *arguments: cli.main(
        ["restore", *map(str, arguments), "--method", "autoencoder", "--set", f"model={tiny_card}", "--device", "cpu"]
    )


# --- Results


def test_the_result_stands_beside_the_photo(restore, photo, capsys):
    """One line says what came from what; the photo is untouched, and a pipe gets no progress bar."""
    before = photo.read_bytes()
    assert restore(photo) == 0
    result = photo.with_name("photo_deblurred.png")
    assert image_io.read(result).size_text == "80 × 60"
    assert photo.read_bytes() == before
    out, err = capsys.readouterr()
    assert out.startswith(f"{photo} → {result}: 80 × 60 pixels, Autoencoder")
    assert out.count("\n") == 1
    assert err == ""


def test_results_count_up_until_overwriting_is_wished(restore, photo):
    """A second run keeps the first result; with --overwrite it replaces it."""
    assert restore(photo) == restore(photo) == 0
    names = ["photo.png", "photo_deblurred-2.png", "photo_deblurred.png"]
    assert sorted(path.name for path in photo.parent.iterdir()) == names
    first = photo.with_name("photo_deblurred.png")
    first.write_bytes(b"old")
    assert restore(photo, "--overwrite") == 0
    assert sorted(path.name for path in photo.parent.iterdir()) == names
    assert first.read_bytes() != b"old"


@pytest.mark.parametrize(("depth", "ending"), [(8, ".png"), (16, ".tif")])
def test_a_photo_whose_format_cannot_be_written_loses_nothing(restore, tmp_path, scene, depth, ending):
    """The content decides: 16 bits become a TIFF, 8 bits a PNG."""
    image_io.write(Picture(scene, bit_depth=depth), tmp_path / "photo.tif")
    (tmp_path / "photo.tif").rename(tmp_path / "photo.gif")
    assert restore(tmp_path / "photo.gif") == 0
    assert image_io.read(tmp_path / f"photo_deblurred{ending}").bit_depth == depth


def test_a_result_gets_the_time_of_its_photo_on_wish(restore, photo):
    """Programs that sort by date then show both side by side; else it has the time at which it was made."""
    os.utime(photo, (1_000_000_000, 1_000_000_000))
    assert restore(photo) == restore(photo, "--keep-time") == 0
    times = [photo.with_name(f"photo_deblurred{number}.png").stat().st_mtime for number in ("", "-2")]
    assert times[0] > 1_700_000_000
    assert times[1] == 1_000_000_000


def test_results_are_named_and_stored_as_wished(restore, photo, tmp_path):
    """Each photo by the pattern, in the depth that is wished; two of one name get numbers."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "photo.png").write_bytes(photo.read_bytes())
    photos = (photo, tmp_path / "other" / "photo.png")
    assert restore(*photos, "-o", tmp_path / "out", "--name", "{counter:02}_{name}", "--depth", "16") == 0
    assert restore(*photos, "-o", tmp_path / "out", "--name", "{name}", "--format", "jpg", "--quality", "70") == 0
    names = ["01_photo.png", "02_photo.png", "photo-2.jpg", "photo.jpg"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == names
    assert image_io.read(tmp_path / "out" / "01_photo.png").bit_depth == 16


@pytest.mark.parametrize(
    "options", [("--name", "{model}"), ("--quality", "0"), ("--quality", "best"), ("--longest", "3")]
)
def test_wrong_wishes_are_told_before_any_work(restore, photo, options, capsys):
    """One sentence, and nothing is written."""
    assert restore(photo, *options) == 2
    assert options[1] in capsys.readouterr().err
    assert list(photo.parent.iterdir()) == [photo]


def test_output_names_a_file(restore, photo, tmp_path, scene):
    """Its ending decides the format; `--set` decides how it is made."""
    target = tmp_path / "neu & schön.jpg"
    assert restore(photo, "-o", target, "--set", "area=whole") == 0
    assert target.read_bytes().startswith(b"\xff\xd8")
    assert image_io.read(target).size_text == "16 × 16"


def test_output_names_a_folder_for_several(restore, photo, truth, tmp_path):
    """It is made where it is missing."""
    folder = tmp_path / "new" / "folder"
    assert restore(photo, truth, "-o", folder) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["photo_deblurred.png", "sharp_deblurred.png"]


@pytest.mark.parametrize("slash", ["", "/"])
def test_output_names_a_folder_for_one(restore, photo, tmp_path, slash):
    """A folder that is there, or a name with a slash behind it, is meant as a folder."""
    if not slash:
        (tmp_path / "folder").mkdir()
    assert restore(photo, "-o", f"{tmp_path / 'folder'}{slash}") == 0
    assert (tmp_path / "folder" / "photo_deblurred.png").exists()


def test_photos_of_one_name_get_results_of_two(restore, photo, tmp_path):
    """Two cameras both wrote photo.png: neither result replaces the other."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "photo.png").write_bytes(photo.read_bytes())
    assert restore(photo, tmp_path / "other" / "photo.png", "-o", tmp_path / "out") == 0
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_a_folder_is_its_pictures_without_earlier_results(restore, photo, truth, capsys):
    """Running twice does not deblur the results of the first run."""
    assert restore(photo.parent, "--json") == restore(photo.parent, photo, "--json") == 0
    inputs = [answer["input"] for answer in parse_json_lines(capsys.readouterr().out)]
    assert inputs == [str(photo), str(truth)] * 2


def test_json_says_everything_about_a_photo(restore, photo, tiny_card, capsys):
    """One object on one line, and nothing else on stdout."""
    assert restore(photo, "--json", "--set", "overlap=4") == 0
    (answer,) = parse_json_lines(capsys.readouterr().out)
    assert answer.pop("seconds") > 0
    assert answer == {
        "input": str(photo),
        "output": str(photo.with_name("photo_deblurred.png")),
        "width": 80,
        "height": 60,
        "method": "autoencoder",
        "values": {"area": "tiles", "overlap": 4, "model": str(tiny_card)},
        "device": "cpu",
        "note": "",
    }


def test_json_with_a_truth_has_figures_of_both(restore, photo, truth, tiny_card, capsys):
    """The figures of the result, and those of doing nothing, exactly as the task measures them."""
    assert restore(photo, "--json", "--truth", truth) == 0
    (answer,) = parse_json_lines(capsys.readouterr().out)
    request = Request("autoencoder", {"model": str(tiny_card)}, "cpu")
    _, figures = run_to_end(tasks.restore_file(photo, request, photo.with_name("again.png"), truth))
    assert {name: answer[name] for name in ("psnr", "ssim", "accuracy")} == pytest.approx(figures.result.as_json())
    assert answer["do_nothing"] == figures.do_nothing.as_json()
    assert answer["do_nothing"]["psnr"] > answer["psnr"], "an untrained network repairs nothing"


def test_an_infinite_figure_is_null_in_json(restore, truth, tmp_path, capsys):
    """A photo that is the truth itself: doing nothing is perfect, which JSON cannot say as a number."""
    copy = tmp_path / "copy.png"
    copy.write_bytes(truth.read_bytes())
    assert restore(copy, "--json", "--truth", truth) == 0
    (answer,) = parse_json_lines(capsys.readouterr().out)
    assert answer["do_nothing"]["psnr"] is None
    assert answer["do_nothing"]["accuracy"] == 1.0


def test_a_truth_gives_a_table_and_its_explanation(restore, photo, truth, capsys):
    """Two rows, result and do nothing, and what accuracy means."""
    assert restore(photo, "--truth", truth) == 0
    out = capsys.readouterr().out
    rows = [line for line in out.splitlines() if "result" in line or "do nothing" in line]
    assert len(rows) == 2
    assert all(line.count("%") == 1 for line in rows)
    assert out.endswith(metrics.ACCURACY_EXPLAINED + "\n")


def test_a_device_that_is_not_there_is_noted(photo, tiny_card, capsys):
    """The work is done; the note is beside the result, not in it."""
    arguments = ["restore", str(photo), "--method", "autoencoder", "--set", f"model={tiny_card}", "--device", "gpu:9"]
    assert cli.main([*arguments, "--json"]) == cli.main(arguments) == 0
    out, err = capsys.readouterr()
    sentence = "There is no device “gpu:9” here, so the CPU computes instead."
    assert parse_json_lines(out.splitlines()[0])[0]["note"] == sentence
    assert err == sentence + "\n"


# --- Bad input


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["restore", "{folder}/missing.jpg"], "missing.jpg” does not exist"),
        (["restore", "{folder}/empty"], "There are no pictures in the folder"),
        (["restore", "{folder}/text.jpg"], "text.jpg” is damaged, or not a picture"),
        (["restore"], "The following arguments are required: PHOTO. See “deblur restore --help”."),
        (["restore", "{photo}", "--method", "magic"], "There is no method “magic”"),
        (["restore", "{photo}", "--set", "overlap"], "“overlap” is not of the form NAME=VALUE"),
        (
            ["restore", "{photo}", "--method", "autoencoder", "--set", "overlap=999"],
            "Overlap of tiles must lie between 0 and 96 px: 999.",
        ),
        (["restore", "{photo}", "--set", "colour=red"], "has no setting colour"),
        (["restore", "{photo}", "--method", "autoencoder", "--set", "model={folder}/text.jpg"], "not a model card"),
        (["restore", "{photo}", "--truth", "{folder}/missing.png"], "missing.png” does not exist"),
        (["restore", "{photo}", "--truth", "{folder}/half.png"], "The ground truth is 80 × 30 pixels"),
        (["restore", "{photo}", "-o", "{photo}", "--overwrite"], "is the original and is never overwritten"),
        (["restore", "{photo}", "-o", "{folder}/half.png"], "half.png” exists already"),
        (["restore", "{photo}", "-o", "{folder}/out.xyz"], "its extension is none of"),
        (["restore", "{photo}", "-o", "{folder}/new/out.png"], "there is no folder"),
        (
            ["restore", "{photo}", "{folder}/half.png", "-o", "{folder}/text.jpg"],
            "text.jpg” can hold the result of one photo only",
        ),
        (["restore", "{photo}", "--jsn"], "Unrecognized arguments: --jsn"),
        (["holiday.jpg"], "“holiday.jpg” is neither an existing file nor a command"),
        (["--json"], "The following arguments are required: COMMAND"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(photo, scene, capsys, arguments, sentence):
    """On stderr, without a traceback; nothing is written and nothing is changed."""
    folder = photo.parent
    (folder / "text.jpg").write_text("Dear diary")
    (folder / "empty").mkdir()
    image_io.write(Picture(scene[:30]), folder / "half.png")
    before = {path: path.is_file() and path.read_bytes() for path in folder.rglob("*")}
    assert cli.main([argument.format(folder=folder, photo=photo) for argument in arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert sentence in err
    assert err.count("\n") == 1
    assert {path: path.is_file() and path.read_bytes() for path in folder.rglob("*")} == before


def test_one_bad_photo_does_not_stop_the_others(restore, photo, truth, tmp_path, capsys):
    """The others are done, in JSON the bad ones say why, and the exit code tells that not all went well."""
    (tmp_path / "empty.png").touch()
    missing, folder = tmp_path / "missing.png", tmp_path / "folder"
    folder.mkdir()
    assert restore(folder, photo, tmp_path / "empty.png", missing, truth, "--json") == 2
    out, err = capsys.readouterr()
    answers = {answer["input"]: answer for answer in parse_json_lines(out)}
    assert "output" in answers[str(photo)]
    assert "output" in answers[str(truth)]
    errors = [answers[str(path)] for path in (folder, tmp_path / "empty.png", missing)]
    assert all(set(answer) == {"input", "error"} for answer in errors)
    assert err.splitlines() == [answer["error"] for answer in errors]


def test_ctrl_c_ends_with_130_and_leaves_nothing(restore, photo, capsys, monkeypatch):
    """As shells expect; no part of a result and no traceback remains."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(tasks, "save_picture", interrupt)
    assert restore(photo) == 130
    assert "Traceback" not in capsys.readouterr().err
    assert list(photo.parent.iterdir()) == [photo]


@pytest.mark.parametrize("error", [RuntimeError("odd"), MemoryError(), RecursionError("deep"), struct.error("short")])
def test_an_unexpected_error_costs_one_photo(restore, photo, truth, *, log_file, capsys, monkeypatch, error):
    """The others are done; one line names the photo, and the log has the traceback."""
    read = image_io.read_task

    def fail(path: Path, page: int = 0) -> Task[Picture]:
        if path == photo:
            raise error
        return (yield from read(path, page))

    monkeypatch.setattr(image_io, "read_task", fail)
    assert restore(photo, truth) == 2
    assert truth.with_name("sharp_deblurred.png").exists()
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "“photo.png”" in err
    if not isinstance(error, MemoryError):
        assert f"Unexpected error ({type(error).__name__}: {error}) – skipped" in err
        assert "Traceback" in log_file.read_text(encoding="utf-8")


def test_of_a_result_as_much_is_taken_as_is_wished(restore, photo, tmp_path, capsys):
    """Strength 0 gives the photo back, more changes it more; what cannot be protected is told before any work."""
    whole, half, none = (tmp_path / f"{name}.png" for name in ("whole", "half", "none"))
    assert restore(photo, "-o", whole) == restore(photo, "-o", half, "--strength", "50", "--protect", "sky=20") == 0
    assert restore(photo, "-o", none, "--strength", "0") == 0
    blurred = image_io.read(photo).pixels
    np.testing.assert_array_equal(image_io.read(none).pixels, blurred)
    changes = [float(np.abs(image_io.read(path).pixels - blurred).mean()) for path in (half, whole)]
    assert 0.2 * changes[1] < changes[0] < 0.6 * changes[1]
    assert restore(photo, "--protect", "hair") == 2
    assert "“hair” cannot be protected" in capsys.readouterr().err


def test_a_terminal_gets_a_progress_bar(restore, photo, capsys, monkeypatch):
    """The stages are shown there, and stdout stays clean where stderr is a terminal."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    bars = []

    def drive(task):
        return terminal.drive(task, watch=lambda progress: bars.append(progress.stage))

    monkeypatch.setattr(restore_command, "drive", drive)
    assert restore(photo, "--json") == 0
    out, err = capsys.readouterr()
    assert len(parse_json_lines(out)) == 1
    assert "\x1b[" in err
    assert bars[0] == "Opening photo.png"
    assert bars[-1] == "Saving photo_deblurred.png"
