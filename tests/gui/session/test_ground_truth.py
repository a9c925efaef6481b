"""A ground truth belongs to its photo, and gives figures whenever both are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gui.session.desk import Desk


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
