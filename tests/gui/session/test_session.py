"""A session changes only when a step succeeds, and what the user asked for last is what counts."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.parameter import Parameter
from deblur_app.core.picture import Picture, to_uint8
from deblur_app.core.task import Progress
from deblur_app.engine import devices
from deblur_app.engine.devices import Device
from deblur_app.engine.method import Method, Request
from deblur_app.engine.methods import registry
from deblur_app.gui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.method import Context
    from tests.conftest import MethodTable


class Desk:
    """A session that can be held at each step, with all it says written down."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.session = Session(partial(Request, "dim"))
        self.deblurring = threading.Event()
        self.may_deblur = threading.Event()
        self.may_deblur.set()
        self.held: dict[Path, threading.Event] = {}
        self.errors: list[Exception] = []
        self.saved: list[Path] = []
        self.states: list[tuple[str, ...]] = []
        self.session.failed.connect(self.errors.append)
        self.session.saved.connect(self.saved.append)
        self.session.changed.connect(lambda: self.states.append(self.state))

    @property
    def state(self) -> tuple[str, ...]:
        """Return what the session holds, in words."""
        session = self.session
        words = {
            "input": session.input,
            "truth": session.truth,
            "result": session.result,
            "figures": session.comparison,
            "input figures": session.input_quality,
        }
        return tuple(word for word, thing in words.items() if thing is not None)

    @property
    def name(self) -> str:
        """The name of the input's file."""
        displayed = self.session.input
        return displayed.picture.path.name if displayed and displayed.picture.path else ""

    def wait(self) -> None:
        """Until the session is idle."""
        self.qtbot.waitUntil(lambda: not self.session.is_busy, timeout=20_000)

    def open(self, path: Path) -> None:
        """Open a picture, and wait for its result."""
        self.session.open(path)
        self.wait()

    def hold_deblurring(self) -> None:
        """From now on deblurring begins and does not end before it may, or is cancelled."""
        self.may_deblur.clear()
        self.deblurring.clear()

    def wait_for_deblurring(self) -> None:
        """Until deblurring has begun."""
        self.qtbot.waitUntil(self.deblurring.is_set, timeout=20_000)

    def hold(self, path: Path) -> threading.Event:
        """Let the reading of a file wait for the event that is returned."""
        self.held[path] = threading.Event()
        return self.held[path]

    def dim(self, context: Context, *, strength: int) -> Task[Pixels]:
        """The method of these tests: it multiplies by a percentage."""
        self.deblurring.set()
        yield Progress(0.1)
        while not self.may_deblur.wait(0.002):
            yield Progress(0.5)
        return context.pixels * np.float32(strength / 100)


@pytest.fixture
def desk(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, method_table: MethodTable) -> Iterator[Desk]:
    """A session whose only method needs no engine; it is idle again at the end."""
    desk = Desk(qtbot)
    strength = Parameter("strength", "Strength", "In per cent.", default=50, minimum=1, maximum=100)
    method_table.put(Method("dim", "Dim", "Dims.", (strength,), desk.dim, is_faithful=False))
    monkeypatch.setattr(devices, "choose", lambda _: (Device("cpu", "CPU", "/CPU:0"), ""))
    original = image_io.read_task

    def read_task(path: Path) -> Task[Picture]:
        yield Progress(0.0)
        if gate := desk.held.get(path):
            assert gate.wait(20)
        return (yield from original(path))

    monkeypatch.setattr(image_io, "read_task", read_task)
    yield desk
    desk.may_deblur.set()
    for gate in desk.held.values():
        gate.set()
    desk.session.cancel()
    desk.wait()


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A picture of another size."""
    path = tmp_path / "other.png"
    image_io.write(Picture(np.full((30, 50, 3), 0.25, np.float32)), path)
    return path


@pytest.fixture
def broken_file(tmp_path: Path) -> Path:
    """A file that is no picture."""
    path = tmp_path / "broken.png"
    path.write_bytes(b"not a picture")
    return path


def test_a_picture_is_there_before_its_result(desk: Desk, photo: Path) -> None:
    """Opening shows the input at once and the result by itself afterwards."""
    desk.open(photo)
    assert desk.states == [("input",), ("input", "result")]
    assert desk.session.input
    assert desk.session.result
    expected = desk.session.input.picture.pixels * np.float32(0.5)
    assert np.array_equal(desk.session.result.restored.picture.pixels, expected)


def test_a_pair_ends_with_figures(desk: Desk, photo: Path, truth: Path) -> None:
    """With a ground truth the figures of the result and of doing nothing come last."""
    desk.session.open_pair(photo, truth)
    desk.wait()
    assert desk.states[-1] == ("input", "truth", "result", "figures")
    assert desk.session.comparison
    assert desk.session.comparison.do_nothing.psnr > desk.session.comparison.result.psnr  # dimming repairs nothing


def test_a_failed_open_leaves_everything(desk: Desk, photo: Path, truth: Path, broken_file: Path) -> None:
    """After a file that cannot be opened, input, truth, result and figures are the same objects as before."""
    desk.session.open_pair(photo, truth)
    desk.wait()
    session = desk.session
    before = (session.input, session.truth, session.result, session.comparison)
    desk.open(broken_file)
    assert (session.input, session.truth, session.result, session.comparison) == before
    assert [str(error).split(" is ")[0] for error in desk.errors] == ["“broken.png”"]


def test_a_failed_pair_leaves_everything(desk: Desk, photo: Path, truth: Path, broken_file: Path) -> None:
    """None of them is taken when one of two pictures cannot be opened."""
    desk.open(photo)
    before = (desk.session.input, desk.session.truth, desk.session.result)
    desk.session.open_pair(truth, broken_file)
    desk.wait()
    assert (desk.session.input, desk.session.truth, desk.session.result) == before


def test_a_failed_open_takes_up_what_it_interrupted(desk: Desk, photo: Path, broken_file: Path) -> None:
    """A wrong file dropped while a photo is being deblurred costs an explanation and not the result."""
    desk.hold_deblurring()
    desk.session.open(photo)
    desk.wait_for_deblurring()
    desk.session.open(broken_file)
    desk.session.open(broken_file)
    desk.qtbot.waitUntil(lambda: bool(desk.errors), timeout=20_000)
    desk.may_deblur.set()
    desk.wait()
    assert (desk.name, desk.state) == ("photo.png", ("input", "result"))
    assert len(desk.errors) == 1


def test_a_cancel_leaves_the_last_good_picture(desk: Desk, photo: Path, other: Path) -> None:
    """Cancelling while another picture is opened keeps the first with its result."""
    desk.open(photo)
    before = (desk.session.input, desk.session.result)
    gate = desk.hold(other)
    desk.session.open(other)
    desk.session.cancel()
    gate.set()
    desk.wait()
    assert (desk.session.input, desk.session.result) == before
    assert desk.errors == []


def test_a_cancelled_deblurring_leaves_the_last_result(desk: Desk, photo: Path) -> None:
    """Cancelling a second run keeps the result of the first."""
    desk.open(photo)
    before = desk.session.result
    desk.hold_deblurring()
    desk.session.deblur()
    desk.wait_for_deblurring()
    desk.session.cancel()
    desk.wait()
    assert desk.session.result is before


def test_a_new_picture_replaces_running_work(desk: Desk, photo: Path, other: Path) -> None:
    """Dropping another photo ends the work on the first; only the new one gets a result."""
    desk.hold_deblurring()
    desk.session.open(photo)
    desk.wait_for_deblurring()
    desk.session.open(other)
    desk.may_deblur.set()
    desk.wait()
    assert (desk.name, desk.state) == ("other.png", ("input", "result"))
    assert desk.states == [("input",), ("input",), ("input", "result")]


def test_the_last_of_quick_drops_counts(desk: Desk, photo: Path, truth: Path, other: Path) -> None:
    """Of many pictures opened at once, only the last is shown."""
    for path in (photo, truth, photo, truth, other):
        desk.session.open(path)
    desk.wait()
    assert desk.name == "other.png"
    assert desk.states == [("input",), ("input", "result")]


def test_a_truth_during_deblurring_gives_figures_at_the_end(desk: Desk, photo: Path, truth: Path) -> None:
    """A sharp photo dropped while the input is being deblurred neither ends that nor is forgotten."""
    desk.hold_deblurring()
    desk.session.open(photo)
    desk.wait_for_deblurring()
    desk.session.open_truth(truth)
    desk.qtbot.waitUntil(lambda: desk.session.truth is not None, timeout=20_000)
    desk.may_deblur.set()
    desk.wait()
    assert desk.states == [
        ("input",),
        ("input", "truth"),
        ("input", "truth", "result"),
        ("input", "truth", "result", "figures"),
    ]


def test_a_truth_after_the_result_gives_figures(desk: Desk, photo: Path, truth: Path) -> None:
    """A sharp photo dropped later is compared with the result that is there, which is not computed again."""
    desk.open(photo)
    before = desk.session.result
    desk.session.open_truth(truth)
    desk.wait()
    assert desk.state == ("input", "truth", "result", "figures")
    assert desk.session.result is before


def test_a_truth_before_its_photo_is_open_waits_for_it(desk: Desk, photo: Path, truth: Path, other: Path) -> None:
    """A sharp photo that is read faster than the photo it belongs to is compared with that one, not with the last."""
    desk.open(other)
    gate = desk.hold(photo)
    desk.session.open(photo)
    assert desk.session.has_or_opens_input
    desk.session.open_truth(truth)
    desk.qtbot.waitUntil(lambda: desk.session._early_truth is not None, timeout=20_000)
    assert desk.session.truth is None
    gate.set()
    desk.wait()
    assert (desk.name, desk.state) == ("photo.png", ("input", "truth", "result", "figures"))
    assert desk.errors == []


def test_a_truth_whose_photo_fails_belongs_to_the_one_before(
    desk: Desk, photo: Path, truth: Path, broken_file: Path
) -> None:
    """The sharp one is compared with the input that stays when the photo on its way cannot be opened."""
    desk.open(photo)
    gate = desk.hold(broken_file)
    desk.session.open(broken_file)
    desk.session.open_truth(truth)
    desk.qtbot.waitUntil(lambda: desk.session._early_truth is not None, timeout=20_000)
    gate.set()
    desk.wait()
    assert (desk.name, desk.state) == ("photo.png", ("input", "truth", "result", "figures"))


def test_a_truth_of_another_size_is_refused(desk: Desk, photo: Path, truth: Path, other: Path) -> None:
    """A ground truth that cannot be compared is answered with both sizes, and the one before stays."""
    desk.session.open_pair(photo, truth)
    desk.wait()
    before = (desk.session.truth, desk.session.comparison)
    desk.session.open_truth(other)
    desk.wait()
    assert (desk.session.truth, desk.session.comparison) == before
    assert "50 × 30" in str(desk.errors[0])
    assert "80 × 60" in str(desk.errors[0])


def test_a_pair_of_two_sizes_opens_without_its_truth(desk: Desk, photo: Path, other: Path) -> None:
    """Two pictures that do not belong together: the first is opened, and why there is no ground truth is said."""
    desk.session.open_pair(photo, other)
    desk.wait()
    assert (desk.name, desk.state) == ("photo.png", ("input", "result"))
    assert "cannot be compared" in str(desk.errors[0])


def test_a_truth_of_another_photo_goes_with_it(desk: Desk, photo: Path, truth: Path, other: Path) -> None:
    """A photo of another size does not inherit the ground truth of the last."""
    desk.session.open_pair(photo, truth)
    desk.wait()
    desk.open(other)
    assert desk.state == ("input", "result")
    assert desk.errors == []


def test_a_request_changed_while_opening_is_the_one_used(desk: Desk, photo: Path) -> None:
    """Values set while a photo is read are those of its first and only result."""
    gate = desk.hold(photo)
    desk.session.open(photo)
    desk.session.request = Request("dim", {"strength": 20})
    desk.session.deblur()
    gate.set()
    desk.wait()
    assert desk.states == [("input",), ("input", "result")]
    assert desk.session.result
    assert desk.session.result.restored.request.values == {"strength": 20}


def test_a_new_request_replaces_the_running_one(desk: Desk, photo: Path, truth: Path) -> None:
    """Values set during a run begin a new one; the result that shows is that of the last."""
    desk.session.open_pair(photo, truth)
    desk.wait()
    desk.hold_deblurring()
    desk.session.deblur()
    desk.wait_for_deblurring()
    desk.session.request = Request("dim", {"strength": 80})
    desk.session.deblur()
    desk.may_deblur.set()
    desk.wait()
    assert desk.session.result
    assert desk.session.result.restored.request.values == {"strength": 80}
    assert desk.state == ("input", "truth", "result", "figures")


def test_a_failed_method_still_tells_how_good_the_input_is(
    desk: Desk, photo: Path, truth: Path, method_table: MethodTable
) -> None:
    """The pair stays and the figures of doing nothing are there when the method cannot work."""

    def fail(context: Context, *, strength: int) -> Task[Pixels]:
        yield Progress(0.1)
        raise DeblurError("Out of memory.")

    method_table.put(Method("fail", "Fail", "Fails.", registry.find("dim").parameters, fail))
    desk.session.request = Request("fail")
    desk.session.open_pair(photo, truth)
    desk.wait()
    assert desk.state == ("input", "truth", "input figures")
    assert [str(error) for error in desk.errors] == ["Out of memory."]


def test_swapping_deblurs_the_other_picture(desk: Desk, photo: Path, truth: Path) -> None:
    """Input and ground truth change places, and the result and figures are those of the new input."""
    desk.session.open_pair(truth, photo)
    desk.wait()
    assert desk.session.comparison
    wrong = desk.session.comparison.result.psnr
    desk.session.swap()
    desk.wait()
    assert desk.name == "photo.png"
    assert desk.state == ("input", "truth", "result", "figures")
    assert desk.session.comparison.result.psnr != wrong


def test_swapping_without_a_truth_does_nothing(desk: Desk, photo: Path) -> None:
    """There is nothing to swap with."""
    desk.open(photo)
    before = desk.session.result
    desk.session.swap()
    assert not desk.session.is_busy
    assert desk.session.result is before


def test_saving_writes_the_result_and_protects_the_original(desk: Desk, photo: Path) -> None:
    """The result is written under another name; under the name of the original it is refused and nothing is touched."""
    original = photo.read_bytes()
    desk.open(photo)
    target = photo.with_name("result.png")
    desk.session.save(target)
    desk.session.save(photo)
    desk.wait()
    assert desk.saved == [target]
    assert desk.session.result
    assert np.array_equal(to_uint8(image_io.read(target).pixels), to_uint8(desk.session.result.restored.picture.pixels))
    assert photo.read_bytes() == original
    assert "original" in str(desk.errors[0])


def test_saving_goes_on_beside_other_work(desk: Desk, photo: Path) -> None:
    """A result can be saved while the next one is computed."""
    desk.open(photo)
    desk.hold_deblurring()
    desk.session.deblur()
    desk.session.save(photo.with_name("result.png"))
    desk.qtbot.waitUntil(lambda: bool(desk.saved), timeout=20_000)
    assert desk.session.is_busy
    desk.may_deblur.set()
    desk.wait()


def test_a_pasted_picture_is_an_input_like_any_other(desk: Desk, scene: Pixels) -> None:
    """A picture from the clipboard is shown and deblurred, though it has no file."""
    desk.session.take_picture(Picture(scene))
    desk.wait()
    assert desk.state == ("input", "result")
    assert desk.name == ""


def test_a_file_that_is_no_model_is_refused(desk: Desk, photo: Path, tmp_path: Path) -> None:
    """A wrong card is answered with a sentence; the request, the input and the result stay."""
    desk.open(photo)
    before = (desk.session.request, desk.session.input, desk.session.result)
    card = tmp_path / "shopping.json"
    card.write_text('{"milk": 2}')
    checked: list[object] = []
    desk.session.model_checked.connect(checked.append)
    desk.session.check_model(card)
    desk.wait()
    assert checked == []
    assert "shopping.json is not a model card" in str(desk.errors[0])
    assert (desk.session.request, desk.session.input, desk.session.result) == before


# --- kept results ---------------------------------------------------------------------------------------------------


def test_going_back_to_a_photo_brings_its_result_back_with_its_settings(desk: Desk, photo: Path, other: Path) -> None:
    """Nothing is computed again, though the settings were changed for the other photo meanwhile."""
    desk.open(photo)
    assert desk.session.result
    before = to_uint8(desk.session.result.shown.picture.pixels)
    desk.session.request = Request("dim", {"strength": 20})
    desk.open(other)
    desk.hold_deblurring()
    desk.open(photo)
    assert desk.state == ("input", "result")
    assert np.array_equal(to_uint8(desk.session.result.shown.picture.pixels), before)
    assert desk.session.request.values == {}
    assert not desk.deblurring.is_set()


def test_a_setting_that_is_changed_back_gives_the_kept_result(desk: Desk, photo: Path) -> None:
    """Each choice of settings is computed once; asking for it again expressly computes it again."""
    desk.open(photo)
    desk.session.request = Request("dim", {"strength": 20})
    desk.session.follow_settings()
    desk.wait()
    desk.hold_deblurring()
    desk.session.request = Request("dim", {"strength": 50})
    desk.session.follow_settings()
    desk.wait()
    assert desk.session.result
    assert desk.session.result.restored.request.values == {"strength": 50}
    assert not desk.deblurring.is_set()
    desk.session.deblur()
    desk.wait_for_deblurring()


def test_a_photo_that_was_changed_on_the_disk_is_computed_again(desk: Desk, photo: Path, scene: Pixels) -> None:
    """A kept result belongs to the file as it was."""
    desk.open(photo)
    image_io.write(Picture(scene * np.float32(0.3)), photo)
    desk.open(photo)
    assert desk.session.result
    assert desk.session.result.shown.picture.pixels.max() < 0.2


def test_a_kept_result_whose_file_is_gone_is_computed_again(desk: Desk, photo: Path, other: Path) -> None:
    """Without a message: the user has lost nothing but time."""
    desk.open(photo)
    desk.open(other)
    for file in desk.session.results.folder.glob("*.npy"):
        file.unlink()
    desk.open(photo)
    assert (desk.name, desk.state, desk.errors) == ("photo.png", ("input", "result"), [])


def test_a_pasted_photo_can_be_gone_back_to(desk: Desk, photo: Path, scene: Pixels) -> None:
    """It has no file, and comes back with its result all the same."""
    desk.session.take_picture(Picture(scene))
    desk.wait()
    assert desk.session.input
    key = desk.session.input.key
    desk.open(photo)
    assert [displayed.name for displayed in desk.session.photos] == ["from the clipboard", "photo.png"]
    desk.hold_deblurring()
    desk.session.open_again(key)
    desk.wait()
    assert (desk.state, desk.session.input.name) == (("input", "result"), "from the clipboard")


def test_going_back_to_a_pair_brings_its_figures_back(desk: Desk, photo: Path, truth: Path, other: Path) -> None:
    """The ground truth that a photo had is opened again with it."""
    desk.session.open_pair(photo, truth)
    desk.wait()
    desk.open(other)
    assert desk.session.truth is None
    desk.open(photo)
    assert desk.state == ("input", "truth", "result", "figures")


def test_results_are_unsaved_until_they_are_saved(desk: Desk, photo: Path, other: Path) -> None:
    """One a photo; saving all writes each beside its photo under a free name."""
    desk.open(photo)
    desk.session.save(photo.with_name("own.png"))
    desk.wait()
    assert desk.session.unsaved_results == []
    desk.session.request = Request("dim", {"strength": 20})
    desk.session.follow_settings()
    desk.wait()
    desk.open(other)
    assert [remaining.photo.name for remaining in desk.session.unsaved_results] == ["photo.png", "other.png"]
    completed: list[bool] = []
    desk.session.save_unsaved(lambda: completed.append(True))
    desk.wait()
    assert (completed, desk.session.unsaved_results) == ([True], [])
    saved = image_io.read(photo.with_name("photo_deblurred.png")).pixels
    expected = image_io.read(photo).pixels * np.float32(0.2)
    assert np.abs(saved - expected).max() < 1 / 250
    assert other.with_name("other_deblurred.png").exists()


def test_a_result_that_changes_nothing_is_no_loss(desk: Desk, photo: Path) -> None:
    """It is the photo itself."""
    desk.session.request = Request("dim", {"strength": 100})
    desk.open(photo)
    assert desk.session.unsaved_results == []


# --- several files, pairs -------------------------------------------------------------------------------------------


def test_good_files_are_opened_and_all_bad_ones_told_together(
    desk: Desk, photo: Path, other: Path, broken_file: Path, tmp_path: Path
) -> None:
    """The first that can be opened is, and one message has a sentence for each that cannot, wherever it stands."""
    unreadable: list[dict[Path, str]] = []
    desk.session.unreadable.connect(unreadable.append)
    missing = tmp_path / "missing.png"
    desk.session.open_several([broken_file, photo, missing, other], ["There is no picture in the folder “letters”."])
    desk.wait()
    assert (desk.name, desk.state) == ("photo.png", ("input", "result"))
    assert len(desk.errors) == 1
    assert all(word in str(desk.errors[0]) for word in ("3 could not", "broken.png", "missing.png", "letters"))
    assert set(unreadable[0]) == {broken_file, missing}


def test_where_no_file_can_be_opened_each_is_told(desk: Desk, photo: Path, broken_file: Path, tmp_path: Path) -> None:
    """In one message, and what was open stays."""
    desk.open(photo)
    desk.session.open_several([broken_file, tmp_path / "missing.png"], may_pair=True)
    desk.wait()
    assert desk.name == "photo.png"
    assert len(desk.errors) == 1
    assert all(name in str(desk.errors[0]) for name in ("broken.png", "missing.png"))


def test_content_makes_a_pair_where_names_do_not(desk: Desk, photo: Path, truth: Path) -> None:
    """The blurred one is the input, whichever comes first."""
    desk.session.open_several([truth, photo], may_pair=True)
    desk.wait()
    assert (desk.name, desk.state) == ("photo.png", ("input", "truth", "result", "figures"))


def test_two_photos_of_one_size_but_two_scenes_are_no_pair(
    desk: Desk, photo: Path, truth: Path, tmp_path: Path
) -> None:
    """The first is opened, and the second is no ground truth."""
    turned = tmp_path / "turned.png"
    image_io.write(Picture(image_io.read(truth).pixels[::-1].copy()), turned)
    desk.session.open_several([photo, turned], may_pair=True)
    desk.wait()
    assert (desk.name, desk.state, desk.errors) == ("photo.png", ("input", "result"), [])


def test_a_truth_that_is_given_by_hand_is_kept_though_it_is_unrelated(
    desk: Desk, photo: Path, truth: Path, tmp_path: Path
) -> None:
    """It is the user's will; that the figures mean nothing is known."""
    desk.open(photo)
    desk.session.open_truth(truth)
    desk.wait()
    assert not desk.session.is_truth_unrelated
    turned = tmp_path / "turned.png"
    image_io.write(Picture(image_io.read(truth).pixels[::-1].copy()), turned)
    desk.session.open_truth(turned)
    desk.wait()
    assert desk.session.is_truth_unrelated
    assert desk.session.comparison


def test_the_good_one_of_a_pair_is_opened(desk: Desk, photo: Path, broken_file: Path) -> None:
    """A ground truth that is damaged does not cost the photo."""
    desk.session.open_several([photo, broken_file], is_pair=True)
    desk.wait()
    assert (desk.name, desk.state) == ("photo.png", ("input", "result"))
    assert "broken.png" in str(desk.errors[0])
