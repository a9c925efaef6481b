"""Results appear once, whole, and never in place of anything else."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import replace

import pytest

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from deblur_app.engine.batch import outputs
from deblur_app.engine.batch.inputs import list_photos
from deblur_app.engine.batch.journal import name_journal, open_journal, read_journal
from deblur_app.engine.batch.photo_task import PhotoJob, restore_photo
from deblur_app.engine.batch.settings import BatchSettings, OutputOptions, find_fingerprint
from deblur_app.engine.method import Request
from deblur_app.engine.recipes.storage import read_recipe, sidecar_of
from tests.engine.batch.conftest import SETTINGS

SIDECARS = replace(SETTINGS, output=OutputOptions(has_sidecar=True, keeps_time=True))


def _restore(photo, settings=SETTINGS):
    return run_to_end(restore_photo(PhotoJob(photo, settings)))


def _deliver(journal, photo, settings=SETTINGS):
    keeps_time = settings.output.keeps_time
    return outputs.deliver(journal, photo, _restore(photo, settings), find_fingerprint(settings), keeps_time=keeps_time)


@pytest.fixture
def batch(make_photos, tmp_path):
    """A photo, and the journal of its batch."""
    (photo,) = list_photos([make_photos("trip/a.png")])
    with open_journal(name_journal(tmp_path / "out")) as journal:
        yield journal, photo


def _names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in {".png", ".json"})


def test_a_result_lies_in_the_folder_of_its_photo_and_is_up_to_date(batch):
    """Until the photo or the settings change, or the result is gone."""
    journal, photo = batch
    record, fingerprint = _deliver(journal, photo), find_fingerprint(SETTINGS)
    result = journal.folder / "trip" / "a_deblurred.png"
    assert image_io.read(result).size_text == image_io.read(photo.path).size_text
    assert outputs.is_up_to_date(journal.folder, photo, record, fingerprint)
    assert not outputs.is_up_to_date(journal.folder, photo, record, "other")
    result.unlink()
    assert not outputs.is_up_to_date(journal.folder, photo, record, fingerprint)
    shutil.copy(photo.path, result)
    photo.path.write_bytes(photo.path.read_bytes() + b"more")
    assert not outputs.is_up_to_date(journal.folder, photo, record, fingerprint)


def test_an_earlier_result_of_the_photo_is_replaced_and_nothing_else(batch):
    """A file of the user, or a result that the user has changed, stays."""
    journal, photo = batch
    mine = journal.folder / "trip" / "a_deblurred.png"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"mine")
    first = _deliver(journal, photo)
    assert first.output == "trip/a_deblurred-2.png"
    assert _deliver(journal, photo).output == first.output
    result = journal.folder / first.output
    result.write_bytes(b"changed by hand")
    assert _deliver(journal, photo).output == "trip/a_deblurred-3.png"
    assert (mine.read_bytes(), result.read_bytes()) == (b"mine", b"changed by hand")


def test_a_recipe_beside_the_result_and_the_time_of_the_photo(batch):
    """Where they are asked for; a second run leaves one of each."""
    journal, photo = batch
    for _ in range(2):
        record = _deliver(journal, photo, SIDECARS)
        result = journal.folder / record.output
        assert read_recipe(sidecar_of(result)).request.method == "denoise"
        assert result.stat().st_mtime_ns == photo.path.stat().st_mtime_ns
        assert _names(journal.folder) == ["trip/a_deblurred.png", "trip/a_deblurred.png.deblur.json"]


class _PowerLossError(Exception):
    """An end at a chosen moment."""


@contextmanager
def _power_loss_at_line(journal, number, monkeypatch):
    """End the program when it has written line `number` of the journal, counted from now."""
    add, lines = journal.add, []

    def add_and_end(record):
        add(record)
        lines.append(record)
        if len(lines) == number:
            raise _PowerLossError

    with monkeypatch.context() as patch:
        patch.setattr(journal, "add", add_and_end)
        with pytest.raises(_PowerLossError):
            yield


@pytest.mark.parametrize("settings", [SETTINGS, SIDECARS])
@pytest.mark.parametrize("line", [1, 2])
@pytest.mark.parametrize("is_second", [False, True])
def test_a_loss_of_power_at_any_line_leaves_one_result(batch, monkeypatch, settings, line, is_second):
    """Before the file is written it is done again; after that it counts as done. A first or a second result alike."""
    journal, photo = batch
    if is_second:
        _deliver(journal, photo, BatchSettings(Request("denoise", {"strength": 0.5}), output=settings.output))
    with _power_loss_at_line(journal, line, monkeypatch):
        _deliver(journal, photo, settings)
    journal.records = read_journal(journal.path)[1]
    record = outputs.recover(journal, photo.relative)
    assert (record.event == "done") == (line == 2)
    if record.event != "done":
        _deliver(journal, photo, settings)
    assert journal.records[photo.relative].event == "done"
    assert outputs.is_up_to_date(journal.folder, photo, journal.records[photo.relative], find_fingerprint(settings))
    names = ["trip/a_deblurred.png"] + ["trip/a_deblurred.png.deblur.json"] * settings.output.has_sidecar
    assert _names(journal.folder) == names


def test_a_result_whose_recipe_is_missing_after_a_loss_of_power_is_made_again(batch, monkeypatch):
    """Both files or none count."""
    journal, photo = batch
    with _power_loss_at_line(journal, 2, monkeypatch):
        _deliver(journal, photo, SIDECARS)
    writing = replace(journal.records[photo.relative], event="writing")
    journal.add(writing)
    sidecar_of(journal.folder / writing.output).unlink()
    assert outputs.recover(journal, photo.relative).event == "writing"
    _deliver(journal, photo, SIDECARS)
    assert _names(journal.folder) == ["trip/a_deblurred.png", "trip/a_deblurred.png.deblur.json"]


def test_a_rejected_result_is_removed_and_not_made_again(batch):
    """Unless somebody has changed it since."""
    journal, photo = batch
    _deliver(journal, photo, SIDECARS)
    assert outputs.remove_result(journal, photo.relative)
    assert _names(journal.folder) == []
    record = journal.records[photo.relative]
    assert outputs.is_up_to_date(journal.folder, photo, record, find_fingerprint(SIDECARS))
    record = _deliver(journal, photo, SIDECARS)
    (journal.folder / record.output).write_bytes(b"changed by hand")
    with pytest.raises(DeblurError, match="was changed since"):
        outputs.remove_result(journal, photo.relative)
