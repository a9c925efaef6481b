"""Results are kept for each photo and each choice of settings, and come back as they were."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from deblur_app.blur.kinds import Blur
from deblur_app.blur.psf import Psf
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture, to_uint8, to_uint16
from deblur_app.engine.blend import PLAIN, Blend
from deblur_app.engine.method import Request
from deblur_app.engine.tasks import Restored
from deblur_app.gui.session.results.kept_result import PhotoKey
from deblur_app.gui.session.results.request_key import settings_key
from deblur_app.gui.session.results.result_store import ResultStore

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.picture import Pixels

PHOTO = PhotoKey("a.jpg", None, (1, 0))
LONGER = Psf.of_model(Blur("motion", {"length": 8.0}))
MOTION = Psf.of_model(Blur("motion", {"length": 7.0}))
WIENER = Request("wiener", psf=MOTION)


def make_restored(pixels: Pixels, **more: object) -> Restored:
    """A result with these pixels."""
    return Restored(Picture(pixels, exif=b"Exif"), WIENER, "CPU", "", 1.0, **more)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> ResultStore:
    """A store that needs no free room."""
    return ResultStore(tmp_path / "results", least_free=0)


def test_a_result_comes_back_from_the_disk_as_it_was(store: ResultStore, scene: Pixels) -> None:
    """With all that it knows; saved with 8 or 16 bits it gives the same file, and meanwhile it takes no memory."""
    noise = np.random.default_rng(1).random(scene.shape, np.float32)
    alpha = np.ascontiguousarray(noise[..., 0])
    result = make_restored(noise)
    result = replace(result, picture=replace(result.picture, alpha=alpha), rejected=Picture(scene))
    stored, note = store.keep(PHOTO, WIENER, result, is_changed=True)
    assert (note, stored.restored.picture.pixels.size) == ("", 0)
    assert stored.restored.rejected is not None
    assert stored.restored.rejected.pixels.size == 0
    back = store.load(stored)
    assert back.picture.exif == b"Exif"
    assert back.rejected is not None
    assert back.picture.alpha is not None
    assert np.array_equal(to_uint16(back.picture.alpha), to_uint16(alpha))
    assert np.array_equal(to_uint8(back.rejected.pixels), to_uint8(scene))
    for to_integer in (to_uint8, to_uint16):
        assert np.array_equal(to_integer(back.picture.pixels), to_integer(noise))


def test_a_result_is_found_by_photo_and_settings(store: ResultStore, scene: Pixels) -> None:
    """Another photo, method, value or blur is another result; where one looks meanwhile is not."""
    stored, _ = store.keep(PHOTO, WIENER, make_restored(scene), is_changed=True)
    same = replace(WIENER, psf=Psf(MOTION.kernel.copy()), region=(0.0, 0.0, 0.5, 0.5))
    assert store.find(PHOTO, same) is stored
    for other in (Request("denoise"), Request("wiener"), replace(WIENER, psf=LONGER)):
        assert store.find(PHOTO, other) is None
    assert store.find(replace(PHOTO, stamp=(2, 0)), WIENER) is None


def test_kernels_are_told_apart_by_their_content() -> None:
    """Two arrays with the same numbers are one blur, whatever objects they are."""
    kernel = np.ones((3, 3), np.float32) / 9
    other = kernel.copy()
    other[0, 0] = 0.0
    key, same, different = (settings_key(Request("wiener", psf=Psf(each))) for each in (kernel, kernel.copy(), other))
    assert key == same
    assert key != different


def test_the_result_shown_last_is_unsaved_until_it_is_saved_as_it_is_shown(store: ResultStore, scene: Pixels) -> None:
    """One result a photo counts, one that changes nothing does not, and another blend is unsaved again."""
    first, _ = store.keep(PHOTO, WIENER, make_restored(scene), is_changed=True)
    second, _ = store.keep(PHOTO, Request("denoise"), make_restored(scene), is_changed=True)
    sharp, _ = store.keep(replace(PHOTO, stamp=(2, 0)), WIENER, make_restored(scene), is_changed=False)
    for remaining in (first, second, sharp):
        store.show(remaining)
    assert store.list_unsaved() == [second]
    store.mark_saved(second, PLAIN, rejected=False)
    assert store.list_unsaved() == []
    second.blend = Blend(strength=50)
    assert store.list_unsaved() == [second]


def test_on_a_full_disk_saved_results_go_first_and_with_a_word(tmp_path: Path, scene: Pixels) -> None:
    """The oldest result that is saved is dropped, the sentence names its photo, and the one that shows stays."""
    store = ResultStore(tmp_path / "results", least_free=1 << 62)
    keys = [PhotoKey(f"{name}.jpg", None, (number, 0)) for number, name in enumerate("ab")]
    first, _ = store.keep(keys[0], WIENER, make_restored(scene), is_changed=True)
    store.show(first)
    store.mark_saved(first, PLAIN, rejected=False)
    _, note = store.keep(keys[1], WIENER, make_restored(scene), is_changed=True)
    assert note == ""  # what shows is never dropped
    second = store.find(keys[1], WIENER)
    assert second is not None
    store.show(second)
    _, note = store.keep(PhotoKey("c.jpg", None, (3, 0)), WIENER, make_restored(scene), is_changed=True)
    assert note == "The disk is nearly full, so the oldest kept results were dropped: “a.jpg”."
    with pytest.raises(DeblurError, match=r"a\.jpg"):
        store.load(first)
    assert store.load(second).picture.width == scene.shape[1]


def test_a_folder_that_cannot_be_written_costs_no_result(tmp_path: Path, scene: Pixels) -> None:
    """The result stays in memory, and that is said."""
    (tmp_path / "file").touch()
    store = ResultStore(tmp_path / "file" / "results", least_free=0)
    stored, note = store.keep(PHOTO, WIENER, make_restored(scene), is_changed=True)
    assert "could not be kept on disk" in note
    assert np.array_equal(store.load(stored).picture.pixels, scene)


def test_a_photo_without_a_file_can_be_gone_back_to(store: ResultStore, scene: Pixels) -> None:
    """One from the clipboard is kept with its result, to 16 bits."""
    store.keep_photo(PHOTO, Picture(scene))
    assert np.array_equal(to_uint8(store.load_photo(PHOTO).pixels), to_uint8(scene))


def test_the_end_leaves_nothing_behind(store: ResultStore, scene: Pixels) -> None:
    """Closing removes the folder with all results."""
    store.keep(PHOTO, WIENER, make_restored(scene), is_changed=True)
    assert list(store.folder.iterdir())
    store.close()
    assert not store.folder.exists()
