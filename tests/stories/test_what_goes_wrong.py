"""Files that are none, targets that cannot be written, names without end: a sentence, and nothing is lost."""

from __future__ import annotations

import io
import os
import zlib
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the first QApplication

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from deblur_app.core.picture import to_uint8
from tests.stories.user import User, write

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.picture import Pixels

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)  # offscreen: no window manager


def png_header(width: int, height: int) -> bytes:
    """The beginning of a PNG file that says how large it is and holds nothing."""
    body = b"IHDR" + width.to_bytes(4) + height.to_bytes(4) + bytes([8, 2, 0, 0, 0])
    chunks = (13).to_bytes(4) + body + zlib.crc32(body).to_bytes(4)
    return b"\x89PNG\r\n\x1a\n" + chunks + bytes(4) + b"IDAT" + zlib.crc32(b"IDAT").to_bytes(4)


def truncate_jpeg(scene: Pixels) -> bytes:
    """The first half of a JPEG file."""
    file = io.BytesIO()
    Image.fromarray(to_uint8(scene)).save(file, "JPEG")
    return file.getvalue()[: len(file.getvalue()) // 2]


def test_bad_files_are_explained_and_change_nothing(
    user: User, photo: Path, truth: Path, tmp_path: Path, scene: Pixels
) -> None:
    """Whatever is dropped, one sentence says which file and what is wrong, and photo, truth and result stay."""
    user.open(photo, truth)
    session, before = user.window.session, user.captions
    remaining = (session.input, session.truth, session.result, session.comparison, session.request)
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").touch()
    cases: dict[str, tuple[bytes | None, str]] = {
        "letter.txt": (b"Dear Sir or Madam", "not a picture"),
        "half.jpg": (truncate_jpeg(scene), "damaged or was cut off"),
        "empty.png": (b"", "is empty"),
        "huge.png": (png_header(30_000, 30_000), "30000 × 30000 pixels"),
        "nothing.png": (png_header(0, 0), "damaged"),
        "shopping.json": (b'{"milk": 2}', "is not a model card"),
        "letters": (None, "no picture in the folder"),
        "missing.png": (None, "does not exist"),
        "<b>bold<b>.png": (b"?", "not a picture"),
    }
    for name, (content, words) in cases.items():
        if content is not None:
            (tmp_path / name).write_bytes(content)
        user.drop(tmp_path / name)
        message = user.read_message()
        user.wait()
        assert name in message
        assert words in message
        assert (session.input, session.truth, session.result, session.comparison, session.request) == remaining, name
        assert user.captions == before, name
        assert user.window.status.stage.text() == message


def test_a_target_that_cannot_be_written_is_explained(user: User, photo: Path) -> None:
    """Saving where there is no folder, or over the original, is answered with a sentence and writes nothing."""
    original = photo.read_bytes()
    user.open(photo)
    for target, words in ((photo.parent / "nowhere" / "x.png", "cannot be written"), (photo, "is the original")):
        user.window.session.save(target)
        assert words in user.read_message()
        user.wait()
    assert photo.read_bytes() == original
    assert not (photo.parent / "nowhere").exists()


def test_long_names_do_not_widen_the_window(user: User, tmp_path: Path, scene: Pixels) -> None:
    """A name of 200 letters without a space fits the captions, the status and the list of recent pictures."""
    before = user.window.minimumSizeHint().width()
    long = write(tmp_path / ("x" * 200 + ".png"), scene)
    user.open(long)
    user.window.session.save(long.with_name("y" * 200 + ".png"))
    user.wait()
    QApplication.processEvents()
    assert user.window.minimumSizeHint().width() == before
    assert user.window.width() == 1200
    (name, _), *_ = user.window.opener.recent_pictures()
    assert len(name) < 120
    broken = tmp_path / ("z" * 200 + ".png")
    broken.touch()
    user.drop(broken)
    user.until(lambda: user.messages)
    assert user.messages[0].width() < 700  # so that the name stands there in lines, to its end
    assert broken.name in user.read_message()
    assert user.window.minimumSizeHint().width() == before
