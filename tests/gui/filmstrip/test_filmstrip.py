"""The filmstrip: thumbnails in the background, kept on disk, and what became of each photo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QAction, QColor, QImage

from deblur_app.core import image_io
from deblur_app.core.picture import Picture
from deblur_app.engine.deblurring import Restored
from deblur_app.engine.estimation.psf_estimate import PsfEstimate
from deblur_app.engine.method import Request
from deblur_app.gui.filmstrip import thumbnail_files
from deblur_app.gui.filmstrip.filmstrip import Filmstrip
from deblur_app.gui.filmstrip.photo_filter import PhotoFilter
from deblur_app.gui.filmstrip.photo_model import Mark, PhotoState
from deblur_app.gui.filmstrip.thumbnail_loader import ThumbnailLoader
from deblur_app.gui.session.results.kept_result import PhotoKey
from deblur_app.gui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

MOMENT = 20_000


@pytest.fixture
def loader(qtbot: QtBot) -> Iterator[ThumbnailLoader]:
    """A maker of thumbnails that has ended with the test."""
    loader = ThumbnailLoader()
    yield loader
    loader.finish()


@pytest.fixture
def filmstrip(qtbot: QtBot, loader: ThumbnailLoader) -> Filmstrip:
    """A strip without photos."""
    filmstrip = Filmstrip(Session(lambda: None), loader, QAction("Combine"))
    qtbot.addWidget(filmstrip)
    filmstrip.resize(800, 150)
    return filmstrip


def write(path: Path, value: float, size: tuple[int, int] = (300, 400)) -> Path:
    """A picture of one colour."""
    image_io.write(Picture(np.full((*size, 3), value, np.float32)), path)
    return path


def wait_for(qtbot: QtBot, loader: ThumbnailLoader, path: Path) -> QImage:
    """Wait for a thumbnail."""
    qtbot.waitUntil(lambda: loader.thumbnail(path) is not None, timeout=MOMENT)
    image = loader.thumbnail(path)
    assert image is not None
    return image


@pytest.mark.parametrize("name", ["photo.jpg", "photo.png", "photo.tif"])
def test_a_thumbnail_is_small_and_has_the_colours_of_its_photo(
    qtbot: QtBot, loader: ThumbnailLoader, tmp_path: Path, name: str
) -> None:
    """Of files that Qt reads, and of those that only the program does."""
    image = wait_for(qtbot, loader, write(tmp_path / name, 0.5))
    assert (image.width(), image.height()) == (192, 144)
    assert abs(image.pixelColor(50, 50).red() - 128) <= 2


def test_what_was_asked_for_last_is_made_first(qtbot: QtBot, loader: ThumbnailLoader, tmp_path: Path) -> None:
    """Whoever scrolls sees what is there, and not what was passed."""
    paths = [write(tmp_path / f"{number}.png", 0.5) for number in range(5)]
    made: list[Path] = []
    loader.ready.connect(made.append)
    for path in paths:
        loader.thumbnail(path)
    qtbot.waitUntil(lambda: len(made) == 5, timeout=MOMENT)
    later = [path for path in made if path != made[0]]  # one may have been begun at once
    assert later == [path for path in reversed(paths) if path != made[0]]


def test_a_thumbnail_is_made_once_and_anew_when_its_photo_is_another(
    qtbot: QtBot, loader: ThumbnailLoader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is kept on disk; a file that cannot be read has none, and harms nobody."""
    path = write(tmp_path / "photo.png", 0.25)
    wait_for(qtbot, loader, path)
    assert len(list(thumbnail_files.cache_folder().glob("*.jpg"))) == 1
    monkeypatch.setattr(thumbnail_files, "_read_small", lambda _: QImage())
    assert not thumbnail_files.make_thumbnail(path).isNull()
    write(path, 0.75, (310, 400))
    assert thumbnail_files.make_thumbnail(path).isNull()
    monkeypatch.undo()
    assert abs(thumbnail_files.make_thumbnail(path).pixelColor(20, 20).red() - 191) <= 2
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    assert wait_for(qtbot, loader, broken).isNull()
    thumbnail_files.forget_oldest(1)
    assert len(list(thumbnail_files.cache_folder().glob("*.jpg"))) == 1


@pytest.mark.parametrize("ending", ["png", "tiff"])
def test_what_is_transparent_is_a_checkerboard(tmp_path: Path, ending: str) -> None:
    """As in the viewer, whoever reads the file; opaque pixels have their colours."""
    alpha = np.ones((90, 120), np.float32)
    alpha[:, :60] = 0.0
    path = tmp_path / f"layer.{ending}"
    image_io.write(Picture(np.full((90, 120, 3), (1.0, 0.0, 0.0), np.float32), alpha), path)
    image = thumbnail_files.make_thumbnail(path)
    colours = {image.pixelColor(x, 40).name() for x in range(4, 56)}
    assert any(abs(QColor(name).red() - 0xC8) < 8 and QColor(name).green() > 180 for name in colours)
    assert any(abs(QColor(name).red() - 0x96) < 8 and QColor(name).green() > 130 for name in colours)
    assert image.pixelColor(100, 40).red() > 240
    assert image.pixelColor(100, 40).green() < 20


def test_the_strip_folds_and_says_how_many_photos_there_are(filmstrip: Filmstrip) -> None:
    """Its line stays, so that it can be unfolded again."""
    filmstrip.list_together([Path("a.png"), Path("b.png")])
    assert filmstrip.count.text() == "2 photos"
    assert filmstrip.strip.isVisible()
    filmstrip.fold.click()
    assert not filmstrip.strip.isVisible()
    assert filmstrip.fold.isVisible()
    filmstrip.fold.click()
    assert filmstrip.strip.isVisible()


def test_a_file_that_cannot_be_opened_is_marked_with_the_reason(filmstrip: Filmstrip) -> None:
    """In words for who cannot see the badge."""
    filmstrip.list_together([Path("a.png"), Path("b.png")])
    filmstrip._session.unreadable.emit({Path("b.png"): "“b.png” is damaged."})
    assert filmstrip.states == [PhotoState.NEW, PhotoState.FAILED]
    assert filmstrip.words[1] == "b.png, cannot be opened"
    index = filmstrip.strip.model().index(1)
    assert index.data(3) == "“b.png” is damaged."


def test_only_what_is_seen_of_five_hundred_photos_is_loaded(
    qtbot: QtBot, filmstrip: Filmstrip, loader: ThumbnailLoader
) -> None:
    """Thumbnails of the others are made when one scrolls to them; all cells are equally large."""
    filmstrip.list_together([Path(f"{number}.png") for number in range(500)])
    filmstrip.grab()
    assert len(loader._images) + len(loader._wanted) < 40
    filmstrip.strip.scrollToBottom()
    filmstrip.choose(499)
    filmstrip.grab()
    qtbot.waitUntil(lambda: Path("499.png") in loader._images, timeout=MOMENT)
    assert Path("250.png") not in loader._images
    assert (
        filmstrip.strip.visualRect(filmstrip.strip.model().index(0)).size()
        == filmstrip.strip.visualRect(filmstrip.strip.model().index(499)).size()
    )


def test_photos_are_marked_and_filtered_by_their_marks(filmstrip: Filmstrip, tmp_path: Path) -> None:
    """The one that is open stays in sight; the marks stay when the photos are listed anew."""
    paths = [tmp_path / f"{number}.png" for number in range(4)]
    filmstrip.list_together(paths)
    filmstrip.mark(Mark.PICKED)
    filmstrip.choose(2)
    filmstrip.mark(Mark.REJECTED)
    assert filmstrip.words == ["0.png, picked", "1.png", "2.png, rejected", "3.png"]
    filmstrip.filter.choose(PhotoFilter.PICKED)
    assert shown(filmstrip) == ["0.png", "2.png"]
    assert filmstrip.count.text() == "1 of 4 photos"
    assert filmstrip.filter.entries[PhotoFilter.REJECTED].text() == "Rejected (1)"
    filmstrip.mark(Mark.NONE)
    filmstrip.list_together(paths[:2])
    assert filmstrip.words == ["0.png, picked", "1.png"]
    filmstrip.filter.choose(PhotoFilter.ALL)
    assert shown(filmstrip) == ["0.png", "1.png"]


def test_one_goes_from_photo_to_photo_past_those_that_are_hidden(filmstrip: Filmstrip, tmp_path: Path) -> None:
    """Step by step, up to both ends."""
    paths = [write(tmp_path / f"{name}.png", 0.5) for name in "abc"]
    went: list[object] = []
    filmstrip.list_together(paths)
    filmstrip.chosen.connect(went.append)
    filmstrip.go(1)
    filmstrip.go(-1)
    assert went == [paths[1], paths[0]]
    filmstrip.go(-1)
    assert went == [paths[1], paths[0]]
    filmstrip.strip.setRowHidden(1, True)
    filmstrip.go(1)
    filmstrip.go(1)
    assert went[2:] == [paths[2]]


def test_each_kind_of_photo_can_be_shown_alone(filmstrip: Filmstrip, tmp_path: Path) -> None:
    """Restored, doubtful, failed and starred ones."""
    filmstrip.list_together([tmp_path / f"{number}.png" for number in range(5)])
    filmstrip._model.set_state(1, PhotoState.DONE)
    filmstrip._model.set_facts(2, is_doubtful=True, is_starred=False)
    filmstrip._model.set_facts(3, is_doubtful=False, is_starred=True)
    filmstrip._model.show_problems({tmp_path / "4.png": "It is damaged."})
    for number, kind in enumerate(
        (PhotoFilter.RESTORED, PhotoFilter.DOUBTFUL, PhotoFilter.STARRED, PhotoFilter.FAILED), start=1
    ):
        filmstrip.filter.choose(kind)
        assert shown(filmstrip) == ["0.png", f"{number}.png"]  # 0.png is open


def shown(filmstrip: Filmstrip) -> list[str]:
    """The names of the photos that are in sight."""
    return [name for row, name in enumerate(filmstrip.names) if not filmstrip.strip.isRowHidden(row)]


def test_a_result_whose_blur_was_not_sure_needs_a_look(qtbot: QtBot, loader: ThumbnailLoader, tmp_path: Path) -> None:
    """And so does one that failed its check; a sure one does not."""
    path = write(tmp_path / "a.png", 0.5, (30, 40))
    picture, session = image_io.read(path), Session(lambda: Request("denoise"))
    filmstrip = Filmstrip(session, loader, QAction("Combine"))
    qtbot.addWidget(filmstrip)
    key = PhotoKey(path.name, path)
    for confidence, rejected, is_doubtful in ((0.9, None, False), (0.3, None, True), (0.9, picture, True)):
        estimate = PsfEstimate(None, None, confidence)
        restored = Restored(picture, Request("denoise"), "CPU", "", 1.0, estimate, rejected)
        kept, _ = session.results.keep(key, Request("denoise"), restored, is_changed=True)
        session.results.show(kept)
        filmstrip.refresh()
        assert [photo.is_doubtful for photo in filmstrip._model.photos] == [is_doubtful]
    session.close()
