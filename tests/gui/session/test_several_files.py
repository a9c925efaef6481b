"""Of several files the good ones are opened, and pairs are recognised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deblur_app.core import image_io
from deblur_app.core.picture import Picture

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gui.session.desk import Desk


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
