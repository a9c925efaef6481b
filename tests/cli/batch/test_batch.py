"""`deblur batch`, with real processes, and killed on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess

import numpy as np
import psutil
import pytest
from PIL import Image

from deblur_app.cli import main as cli
from deblur_app.core import image_io
from deblur_app.core.files.log_file import log_file
from deblur_app.core.picture import Metadata, Picture
from deblur_app.engine.batch.journal import name_journal, read_journal
from tests.cli.batch.program import PROGRAM
from tests.cli.json_lines import parse_json_lines

QUICK = ("--method", "denoise", "--jobs", "1")


@pytest.fixture
def photos(tmp_path, scene):
    """Six photos in two folders, of two formats."""
    folder = tmp_path / "in"
    for number in range(6):
        path = folder / ("sub" if number % 2 else "") / f"{number}.{'png' if number < 3 else 'jpg'}"
        path.parent.mkdir(parents=True, exist_ok=True)
        image_io.write(Picture(scene[:, : 70 + number].copy()), path)
    return folder


def _results(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*_deblurred*"))


ALL = [f"{number}_deblurred.{ending}" for number, ending in ((0, "png"), (2, "png"), (4, "jpg"))] + [
    f"sub/{number}_deblurred.{ending}" for number, ending in ((1, "png"), (3, "jpg"), (5, "jpg"))
]


def test_a_folder_is_restored_into_another_and_told_in_json(photos, tmp_path, capsys):
    """A damaged photo is told, and costs exit code 2; a second run does nothing new."""
    (photos / "bad.jpg").write_bytes(b"no picture")
    command = ["batch", str(photos), "-o", str(tmp_path / "out"), *QUICK]
    assert cli.main([*command, "--json"]) == 2
    out, err = capsys.readouterr()
    events = parse_json_lines(out)
    assert _results(tmp_path / "out") == ALL
    by_event = {name: [event for event in events if event["event"] == name] for name in ("done", "failed", "end")}
    assert len(by_event["done"]) == 6
    assert "bad.jpg" in by_event["failed"][0]["error"]
    assert "bad.jpg" in err
    (end,) = by_event["end"]
    assert (end["done"], end["failed"], end["doubtful"]) == (6, 1, [])
    (photos / "bad.jpg").unlink()
    assert cli.main([*command, "--resume"]) == 0
    assert "6 done before" in capsys.readouterr().out


def test_other_settings_are_noticed(photos, tmp_path, capsys):
    """The command says what it can do about them, and does that."""
    one = ["batch", str(photos / "0.png"), "-o", str(tmp_path / "out"), *QUICK]
    assert cli.main(one) == 0
    other = [*one, "--set", "strength=2"]
    capsys.readouterr()
    assert cli.main(other) == 2
    assert "--changed redo" in capsys.readouterr().err
    assert cli.main([*other, "--changed", "keep"]) == cli.main(other) == 0
    assert capsys.readouterr().out.count("1 done before") == 2
    assert cli.main([*one, "--changed", "redo"]) == 0
    assert "1 deblurred" in capsys.readouterr().out
    assert _results(tmp_path / "out") == ["0_deblurred.png"]


def test_a_dry_run_says_what_would_be_done(photos, tmp_path, capsys):
    """And makes not even the folder; parts of a batch are disjoint."""
    command = ["batch", str(photos), "-o", str(tmp_path / "out"), *QUICK, "--dry-run"]
    assert cli.main(command) == 0
    assert "6 of 6 photos to do, 1 at a time" in capsys.readouterr().out
    names = []
    for part in ("1/2", "2/2"):
        assert cli.main([*command, "--json", "--shard", part]) == 0
        names += [line["photo"] for line in parse_json_lines(capsys.readouterr().out)]
    assert sorted(names) == ["0.png", "2.png", "4.jpg", "sub/1.png", "sub/3.jpg", "sub/5.jpg"]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("missing.jpg", "-o", "out"), "does not exist"),
        ((".", "-o", "out", "--shard", "3/2"), "is not of the form I/N"),
        ((".", "-o", "out", "--jobs", "0"), "number of jobs"),
        ((".", "-o", "out", "--name", "a/b"), "no pattern"),
        ((".", "-o", ""), "is empty"),
        ((".",), "required"),
    ],
)
def test_bad_input_is_one_sentence(arguments, sentence, tmp_path, monkeypatch, capsys):
    """Before any process is started."""
    monkeypatch.chdir(tmp_path)
    assert cli.main(["batch", *arguments]) == 2
    err = capsys.readouterr().err
    assert sentence in err
    assert err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_results_among_the_photos_are_not_restored_again(photos, capsys):
    """The folder of the photos may be that of the results, whatever these are called."""
    command = ["batch", str(photos / "sub"), "-o", str(photos / "sub"), *QUICK, "--name", "{name}-x"]
    assert cli.main(command) == cli.main(command) == 0
    assert "3 photos in" in capsys.readouterr().out.splitlines()[-1]
    assert len(list((photos / "sub").glob("*-x*"))) == 3


def _start(*arguments):
    command = [*PROGRAM, "batch", *map(str, arguments), *QUICK, "--json"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _read_until(process, event, count):
    """Read lines until so many events of a kind have been told."""
    for line in process.stdout:
        count -= json.loads(line)["event"] == event
        if not count:
            return


def _check_all_there_once(out):
    assert _results(out) == ALL
    for name in ALL:
        with Image.open(out / name) as image:
            assert np.asarray(image).shape[0] == 60
    assert [path.name for path in out.rglob(".deblur-*.part")] == []
    _, records = read_journal(name_journal(out))
    assert {record.event for record in records.values()} == {"done"}


def test_a_killed_batch_goes_on_with_nothing_lost_and_nothing_twice(photos, tmp_path, capsys):
    """Its processes end with it."""
    out = tmp_path / "out"
    for event, count in (("running", 2), ("done", 1)):
        with _start(photos, "-o", out) as process:
            _read_until(process, event, count)
            children = psutil.Process(process.pid).children(recursive=True)
            os.kill(process.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
            process.communicate()
        assert psutil.wait_procs(children, timeout=20)[1] == []
    assert cli.main(["batch", str(photos), "-o", str(out), *QUICK, "--json"]) == 0
    end = parse_json_lines(capsys.readouterr().out)[-1]
    assert end["skipped"] >= 1
    assert end["skipped"] + end["done"] == 6
    _check_all_there_once(out)


def test_warnings_of_processes_stay_out_of_the_terminal(photos, tmp_path, monkeypatch):
    """They are written to the log: here that a recipe finds no place in the XMP of a photo."""
    for variable in ("HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    image_io.write(Picture(np.ones((20, 30, 3), np.float32), metadata=Metadata(xmp=b"<x/>")), photos / "odd.png")
    with _start(photos / "odd.png", "-o", tmp_path / "out") as process:
        _, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    assert "recipe" in log_file().read_text(encoding="utf-8")


def test_a_killed_worker_costs_no_photo(photos, tmp_path):
    """Its photo is tried again."""
    out = tmp_path / "out"
    with _start(photos, "-o", out) as process:
        _read_until(process, "running", 2)
        workers = [each for each in psutil.Process(process.pid).children() if "spawn_main" in " ".join(each.cmdline())]
        assert len(workers) == 1
        workers[0].kill()
        _, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    _check_all_there_once(out)


@pytest.mark.skipif(os.name == "nt", reason="a Ctrl+C cannot be sent to one process there")
def test_ctrl_c_ends_a_batch_cleanly(photos, tmp_path):
    """With the exit code of other commands, a summary, and no process left."""
    out = tmp_path / "out"
    with _start(photos, "-o", out) as process:
        _read_until(process, "done", 1)
        children = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGINT)
        rest, err = process.communicate()
    assert (process.returncode, err) == (130, "Cancelled.\n")
    assert json.loads(rest.splitlines()[-1])["event"] == "end"
    assert psutil.wait_procs(children, timeout=20)[1] == []
    assert len(_results(out)) >= 1
    assert list(out.rglob(".deblur-*.part")) == []
