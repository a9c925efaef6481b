"""A session changes only when a step succeeds, and what the user asked for last is what counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture, to_uint8
from deblur_app.core.task import Progress
from deblur_app.engine.method import Method, Request
from deblur_app.engine.methods import registry

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.method import Context
    from tests.conftest import MethodTable
    from tests.gui.session.desk import Desk


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
    assert "“shopping.json” is not a model card" in str(desk.errors[0])
    assert (desk.session.request, desk.session.input, desk.session.result) == before
