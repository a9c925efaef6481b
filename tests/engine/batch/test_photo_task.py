"""The work on one photo: what comes back, and when somebody should look at it."""

from __future__ import annotations

import numpy as np
import pytest

from deblur_app.blur import models
from deblur_app.blur.psf import Origin, Psf
from deblur_app.core.picture import Picture
from deblur_app.core.task import run_to_end
from deblur_app.engine.batch.inputs import list_photos
from deblur_app.engine.batch.journal import Record, name_journal, open_journal
from deblur_app.engine.batch.photo_task import DOUBTS, PhotoJob, find_doubts, restore_photo
from deblur_app.engine.batch.plan import Plan, SettingsChangedError, begin_journal, read_plan
from deblur_app.engine.batch.settings import (
    BatchSettings,
    OutputOptions,
    Override,
    find_fingerprint,
    from_table,
    override_settings,
    to_table,
)
from deblur_app.engine.blend import Blend
from deblur_app.engine.choice.expected_gain import RestorationChoice
from deblur_app.engine.deblurring import Restored
from deblur_app.engine.estimation.psf_estimate import PsfEstimate
from deblur_app.engine.method import Request
from tests.engine.batch.conftest import SETTINGS

KERNEL = models.motion(7, 30)


def _restored(estimate=None, *, is_rejected=False):
    picture = Picture(np.zeros((4, 4, 3), np.float32))
    return Restored(picture, Request("sparse"), "CPU", "", 1.0, estimate, picture if is_rejected else None)


@pytest.mark.parametrize(
    ("restored", "doubts"),
    [
        (_restored(), ()),
        (_restored(PsfEstimate(KERNEL, None, 0.9)), ()),
        (_restored(PsfEstimate(KERNEL, None, 0.5)), ("unsure",)),
        (_restored(PsfEstimate(None, None, 0.9)), ()),
        (_restored(PsfEstimate(None, None, 0.5)), ("unblurred",)),
        (_restored(PsfEstimate(KERNEL, None, 0.9), is_rejected=True), ("check",)),
        (_restored(PsfEstimate(KERNEL, None, 0.9, choice=RestorationChoice(None, 0.0))), ("unchanged",)),
    ],
)
def test_results_that_somebody_should_look_at_are_marked(restored, doubts):
    """A blur that is not sure, a failed check, a photo that was left as it is."""
    assert find_doubts(restored) == doubts
    assert set(doubts) <= DOUBTS.keys()


@pytest.mark.parametrize(
    ("output", "name"),
    [
        (OutputOptions(), "a_deblurred.png"),
        (OutputOptions(suffix=".webp"), "a_deblurred.webp"),
        (OutputOptions(pattern="{counter:03}-{name}-x"), "001-a-x.png"),
    ],
)
def test_a_result_is_named_and_nothing_is_written(make_photos, output, name):
    """The process that restores a photo may be ended at any moment."""
    folder = make_photos("a.png")
    (photo,) = list_photos([folder])
    result = run_to_end(restore_photo(PhotoJob(photo, BatchSettings(Request("denoise"), output=output))))
    assert (result.name, result.sidecar) == (name, None)
    assert result.data
    assert [path.name for path in folder.iterdir()] == ["a.png"]


def test_settings_are_read_from_json_as_they_were_written():
    """With a PSF, and all options of the files."""
    psf = Psf(KERNEL, Origin.DRAWN)
    output = OutputOptions(".jpg", "{name}-x", has_sidecar=True, keeps_time=True, leaves_sharp=True)
    settings = BatchSettings(Request("wiener", {"smoothing": 0.5}, psf=psf), Blend(80, sky=50), output)
    read = from_table(to_table(settings))
    assert find_fingerprint(read) == find_fingerprint(settings)
    assert read.output == output
    assert (read.blend, read.request.method) == (settings.blend, "wiener")


@pytest.mark.parametrize(
    "other",
    [
        BatchSettings(Request("denoise", {"strength": 2.0})),
        BatchSettings(Request("denoise"), Blend(50)),
        BatchSettings(Request("denoise"), output=OutputOptions(leaves_sharp=True)),
        BatchSettings(Request("wiener")),
    ],
)
def test_every_setting_changes_the_fingerprint(other):
    """Defaults that are written out do not, and neither does the device."""
    first = find_fingerprint(BatchSettings(Request("denoise")))
    assert find_fingerprint(other) != first
    assert find_fingerprint(BatchSettings(Request("denoise", {"strength": 1.0}, device="cpu"))) == first


def test_a_photo_of_its_own_method_keeps_the_psf_only_where_that_takes_one():
    """Else the method would refuse it."""
    settings = BatchSettings(Request("wiener", psf=Psf(KERNEL, Origin.GIVEN)))
    assert override_settings(settings, Override("denoise")).request.psf is None
    assert override_settings(settings, Override("sparse")).request.psf is settings.request.psf
    assert override_settings(settings, Override(strength=30)).blend.strength == 30
    assert override_settings(settings, None) is settings


def test_a_plan_is_read_from_the_journal_as_it_was_written(make_photos, tmp_path):
    """With settings of single photos; another start of the program goes on with it."""
    folder = make_photos("a.png", "b.png")
    plan = Plan((folder,), tmp_path / "out", SETTINGS, {"b.png": Override("denoise", {"strength": 2.0}, 30)})
    assert read_plan(plan.folder) is None
    with open_journal(name_journal(plan.folder)) as journal:
        begin_journal(journal, plan.settings, plan=plan)
        journal.add(Record("a.png", "done"))
    read, records = read_plan(plan.folder)
    assert [photo.relative for photo in read.list_photos()] == ["a.png", "b.png"]
    assert find_fingerprint(read.settings) == find_fingerprint(SETTINGS)
    assert (read.overrides["b.png"].values, read.overrides["b.png"].strength) == ({"strength": 2.0}, 30)
    assert set(records) == {"a.png"}


def test_changed_settings_are_told_unless_something_is_done_about_them(tmp_path):
    """Only where there are results already."""
    other = BatchSettings(Request("wiener"))
    with open_journal(name_journal(tmp_path)) as journal:
        begin_journal(journal, SETTINGS)
        begin_journal(journal, other)
        journal.add(Record("a.png", "done", find_fingerprint(other)))
        with pytest.raises(SettingsChangedError):
            begin_journal(journal, SETTINGS)
        begin_journal(journal, SETTINGS, "keep")
        assert journal.records["a.png"].settings == find_fingerprint(SETTINGS)
        begin_journal(journal, other, "redo")
        assert journal.records["a.png"].settings == find_fingerprint(SETTINGS)
