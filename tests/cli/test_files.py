"""Files that the command line reads and writes: names of every kind, pipes, and nothing that is read is written."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from deblur_app import streams
from deblur_app.cli import main as cli
from deblur_app.core import image_io
from deblur_app.core.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

type Restore = Callable[..., int]

WIENER = ("--method", "wiener", "--psf", "motion:length=5,angle=20")


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder of each test is its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def restore() -> Restore:
    """`deblur restore …` with a PSF that is known."""
    return lambda *arguments: cli.main(["restore", *map(str, arguments), *WIENER])


def names(folder: Path) -> list[str]:
    """The names in a folder, sorted."""
    return sorted(path.name for path in folder.iterdir())


def contents(folder: Path) -> dict[Path, bytes]:
    """The files below a folder."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def format_of(path: Path) -> str | None:
    """Return what Pillow takes a picture for."""
    with Image.open(path) as image:
        return image.format


# --- What is read is never written


@pytest.mark.parametrize("option", ["--truth", "--psf"])
@pytest.mark.parametrize("name", ["read.png", "soft.png", "hard.png", "folder/read.png"])
def test_no_file_that_is_read_is_the_output(photo, tmp_path, capsys, option, name):
    """Under whatever name: a truth and a PSF are refused at once, even with --overwrite."""
    read = tmp_path / "read.png"
    shutil.copy(photo, read)
    (tmp_path / "soft.png").symlink_to(read)
    os.link(read, tmp_path / "hard.png")
    (tmp_path / "folder").symlink_to(tmp_path)
    before = contents(tmp_path)
    psf = ("--psf", "motion:length=5,angle=20") if option == "--truth" else ()
    arguments = [str(photo), option, str(read), *psf, "-o", str(tmp_path / name), "--overwrite"]
    assert cli.main(["restore", "--method", "wiener", *arguments]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "never overwritten" in err
    assert contents(tmp_path) == before


def test_a_photo_that_is_the_result_of_another_one_is_kept(restore, photo, tmp_path):
    """The first photo's result gets a number instead, in every later run the same."""
    second = tmp_path / "photo_deblurred.png"
    shutil.copy(photo, second)
    before = second.read_bytes()
    for _ in range(2):
        assert restore(photo, second, "--overwrite") == 0
        assert names(tmp_path) == [
            "photo.png", "photo_deblurred-2.png", "photo_deblurred.png", "photo_deblurred_deblurred.png",
        ]  # fmt: skip
    assert second.read_bytes() == before


@pytest.mark.parametrize("overwrite", [(), ("--overwrite",)])
def test_two_photos_never_share_a_result(restore, photo, tmp_path, capsys, overwrite):
    """Two cameras wrote one name; the answer says which result is whose."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        shutil.copy(photo, tmp_path / folder / "s.png")
    for _ in range(2):
        assert restore("a/s.png", "b/s.png", "-o", "out/", "--json", *overwrite) == 0
    outputs = [json.loads(line)["output"] for line in capsys.readouterr().out.splitlines()]
    twice = ["out/s_deblurred.png", "out/s_deblurred-2.png"]
    assert outputs == twice + (twice if overwrite else ["out/s_deblurred-3.png", "out/s_deblurred-4.png"])
    assert len(set(outputs)) == len(names(tmp_path / "out"))


def test_blurring_and_combining_spare_what_they_read(photo, truth, tmp_path, capsys):
    """The kernel, the second photo, and the result itself where the kernel is to be written."""
    shutil.copy(photo, tmp_path / "kernel.png")
    before = contents(tmp_path)
    motion = ["--motion", "length=5"]
    refused = [
        ["blur", str(truth), "--kernel", "kernel.png", "-o", "kernel.png", "--overwrite"],
        ["blur", str(truth), *motion, "--kernel-out", "sharp.png", "--overwrite"],
        ["blur", str(truth), *motion, "--kernel-out", "x.png", "-o", "x.png"],
        ["combine", str(photo), str(truth), "--as", "burst", "-o", "sharp.png", "--overwrite"],
        ["psf", str(photo), "-o", "photo.png", "--overwrite"],
    ]
    for arguments in refused:
        assert cli.main(arguments) == 2, arguments
        assert capsys.readouterr().err.count("\n") == 1
    assert contents(tmp_path) == before
    assert cli.main(["blur", str(truth), *motion, "--kernel-out", "sharp_blurred.png", "--overwrite"]) == 0
    assert {"sharp_blurred.png", "sharp_blurred-2.png"} <= set(names(tmp_path))


def test_processes_that_write_into_one_folder_lose_nothing(photo, tmp_path):
    """Two of them restore photos of one name at the same time: both results are there, and each tells its own."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        for number in range(3):
            shutil.copy(photo, tmp_path / folder / f"{number}.png")
    command = [sys.executable, "-m", "deblur_app", "restore", *WIENER, "--json", "-o", "out/"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    started = [
        subprocess.Popen([*command, folder], stdout=subprocess.PIPE, text=True, env=environment)
        for folder in ("a", "b")
    ]
    answers_given = [json.loads(line) for process in started for line in process.communicate()[0].splitlines()]
    assert [process.returncode for process in started] == [0, 0]
    assert sorted(answer["output"].removeprefix("out/") for answer in answers_given) == names(tmp_path / "out")
    assert len(names(tmp_path / "out")) == 6


# --- Names


def test_a_name_without_an_ending_is_a_new_folder(restore, photo, tmp_path):
    """As for several photos."""
    assert restore(photo, "-o", "new") == 0
    assert names(tmp_path / "new") == ["photo_deblurred.png"]


def test_results_have_the_format_that_is_asked_for(restore, photo, tmp_path, capsys):
    """Without a file after -o; an ending that says otherwise is a sentence."""
    assert restore(photo, "--format", "jpg", "-o", "new") == 0
    assert names(tmp_path / "new") == ["photo_deblurred.jpg"]
    assert format_of(tmp_path / "new" / "photo_deblurred.jpg") == "JPEG"
    assert restore(photo, "--format", "jpg", "-o", "x.png") == 2
    assert "“x.png” does not end in .jpg" in capsys.readouterr().err


def test_a_pattern_in_quotes_means_its_photos(restore, photo, truth, tmp_path, capsys):
    """Earlier results are left out; a file that is called like a pattern is that file."""
    for _ in range(2):
        assert restore("*.png", "-o", "out", "--json") == 0
    inputs = [json.loads(line)["input"] for line in capsys.readouterr().out.splitlines()]
    assert inputs == ["photo.png", "sharp.png"] * 2
    shutil.copy(photo, "[ps]*.png")
    assert restore("[ps]*.png", "--json") == 0
    assert json.loads(capsys.readouterr().out)["input"] == "[ps]*.png"
    assert restore("*.jpg") == 2
    assert "“*.jpg”" in capsys.readouterr().err


@pytest.mark.parametrize(
    "name",
    [
        f"{'x' * 251}.jpg",
        f"{'ü' * 125}.png",
        "new\nline.png",
        "-dash.png",
        "smile 😀.png",
        "dots.png..",
        " .png",
        "~.png",
    ],
)
def test_photos_of_any_name_are_restored(photo, tmp_path, capsys, name):
    """The answer is one line, and the result can be read."""
    shutil.copy(photo, tmp_path / name)
    assert cli.main(["restore", *WIENER, "-o", "out/", "--", name]) == 0
    out, err = capsys.readouterr()
    assert (out.count("\n"), err) == (1, "")
    (result,) = (tmp_path / "out").iterdir()
    assert image_io.read(result).size_text == "80 × 60"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["restore", ""], "The name of a photo is empty"),
        (["restore", "photo.png", "-o", ""], "The name behind -o is empty"),
        (["restore", "photo.png", "-o", f"{'x' * 300}.png"], "is too long"),
        (["restore", "photo.png", "sharp.png", "-o", "one.png"], "can hold the result of one photo only"),
        (["restore", "photo.png", "typo\n.png"], ".png” does not exist"),
        (["photo.png", "typo.jpg"], "“typo.jpg” does not exist."),
        (["photo.png", "typo.jpg", "--json"], "“typo.jpg” does not exist."),
        (["photo.png", "--json"], "“--json” needs a command, as in: deblur restore “photo.png”."),
        (["restore", "-"], "Say where the result of “-” goes"),
        (["restore", "-", "-", "-o", "-"], "is named twice"),
        (["restore", "photo.png", "sharp.png", "-o", "-"], "takes the result of one photo"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(photo, truth, *, capsys, arguments, sentence):
    """It names what is wrong, not another file."""
    more = ["-o", "out", *WIENER] if "typo\n.png" in arguments else []
    assert cli.main([*arguments, *more]) == 2
    err = capsys.readouterr().err
    assert sentence in err
    assert err.count("\n") == 1


# --- Pipes


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bytes], io.BytesIO]]:
    """Puts bytes into stdin, and returns what will be written to stdout."""

    def connect(data: bytes) -> io.BytesIO:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: False, buffer=io.BytesIO(data)))
        out = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="utf-8", write_through=True))
        return out

    return connect


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tif", ".webp"])
def test_a_photo_goes_through_a_pipe(restore, scene, tmp_path, *, capsys, pipe, suffix):
    """In the format that it came in; messages go to stderr, and stdout holds the picture only."""
    image_io.write(Picture(scene), tmp_path / f"photo{suffix}")
    out = pipe((tmp_path / f"photo{suffix}").read_bytes())
    assert restore("-", "-o", "-") == 0
    (tmp_path / f"out{suffix}").write_bytes(out.getvalue())
    assert format_of(tmp_path / f"out{suffix}") == format_of(tmp_path / f"photo{suffix}")
    assert image_io.read(tmp_path / f"out{suffix}").size_text == "80 × 60"
    assert capsys.readouterr().err.startswith("- → -: 80 × 60 pixels")


def test_the_format_of_a_pipe_can_be_chosen(restore, photo, capsys, pipe):
    """JSON goes to stderr as well."""
    out = pipe(b"")
    assert restore(photo, "-o", "-", "--format", "webp", "--json") == 0
    assert out.getvalue()[8:12] == b"WEBP"
    answer = json.loads(capsys.readouterr().err)
    assert (answer["input"], answer["output"]) == (str(photo), "-")


@pytest.mark.parametrize("data", [b"", b"no picture"])
def test_what_is_no_picture_gives_nothing_and_a_sentence(restore, capsys, pipe, data):
    """An empty pipe, and a text."""
    out = pipe(data)
    assert restore("-", "-o", "-") == 2
    assert out.getvalue() == b""
    assert capsys.readouterr().err.count("\n") == 1


def test_a_picture_is_not_written_to_a_terminal(restore, photo, capsys, monkeypatch):
    """Nor to a stream that is closed."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert restore(photo, "-o", "-") == 2
    assert "terminal" in capsys.readouterr().err
    monkeypatch.setattr(streams, "_closed", {1})
    assert restore(photo, "-o", "-") == 2
    assert "closed" in capsys.readouterr().err


# --- Notes


def test_a_note_about_reading_is_told_once(restore, scene, tmp_path, capsys):
    """The first of several pages was taken: on stderr, or in JSON."""
    pages = [Image.new("RGB", (80, 64), (shade, 90, 90)) for shade in (40, 80)]
    pages[0].save("pages.webp", save_all=True, append_images=pages[1:], lossless=True)
    note = image_io.read(tmp_path / "pages.webp").note
    assert note
    assert restore("pages.webp", "-o", "a") == 0
    assert capsys.readouterr().err.count(note) == 1
    assert restore("pages.webp", "-o", "a", "--json") == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["note"].count(note) == 1
    assert err == ""


@pytest.mark.parametrize("command", [("restore", *WIENER), ("blur", "--defocus", "radius=2")])
def test_what_a_format_cannot_hold_is_told_once(command, scene, capsys):
    """A cut-out that becomes a JPEG loses its transparency."""
    image_io.write(Picture(scene, alpha=np.tile(np.linspace(0, 1, 80, dtype=np.float32), (60, 1))), Path("cut.png"))
    assert cli.main([command[0], "cut.png", *command[1:], "-o", "cut.jpg"]) == 0
    assert capsys.readouterr().err.count("cannot hold transparency") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_pipe_or_a_device_is_never_replaced_by_a_result(restore, photo, tmp_path, capsys):
    """Not even with --overwrite: who waits at its other end would wait for ever."""
    pipe = tmp_path / "pipe.png"
    os.mkfifo(pipe)
    assert restore(photo, "-o", pipe, "--overwrite") == 2
    assert "is a folder, a pipe or a device and is not replaced" in capsys.readouterr().err
    assert pipe.is_fifo()
    assert restore(photo, "-o", os.devnull) == 2
    assert f"“{os.devnull}” is not a folder" in capsys.readouterr().err
