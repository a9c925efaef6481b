"""The decoding process: survived crashes, answered cancels, bounded time."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import numpy as np
import psutil
import pytest

pytest.importorskip("pillow_heif")
pytest.importorskip("imagecodecs")

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.image_io import process, transfer
from deblur_app.core.image_io.decoded import Decoded
from deblur_app.core.picture import Metadata
from tests.core.image_io import picture_files

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def heic(tmp_path: Path) -> Path:
    """A picture of a format that is decoded in the other process."""
    path = tmp_path / "a.heic"
    path.write_bytes(picture_files.FILES["HEIC 8 bit"]().data)
    return path


@pytest.fixture
def children() -> set[int]:
    """The processes that were started before, once no decoding process is among them."""
    process.end_idle()
    return {child.pid for child in psutil.Process().children()}


def _workers(before: set[int]) -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if child.pid not in before]


def test_one_process_decodes_one_file_after_the_other(heic, children):
    """Starting it costs half a second, which is paid once."""
    image_io.read(heic)
    (worker,) = _workers(children)
    image_io.read(heic)
    assert [process.pid for process in _workers(children)] == [worker.pid]


def test_a_crash_of_a_codec_costs_one_picture(heic, children):
    """The answer is a sentence about the file, and the next one is read."""
    task = image_io.read_task(heic)
    next(task)
    next(task)  # the process is starting
    (worker,) = _workers(children)
    worker.kill()
    with pytest.raises(DeblurError, match=r"“a\.heic” is damaged.*its decoder stopped"):
        list(task)
    assert image_io.read(heic).size_text == "48 × 32"


def test_a_cancel_ends_decoding_at_once(heic, children):
    """Closing the task leaves no process that goes on decoding."""
    task = image_io.read_task(heic)
    next(task)
    next(task)
    assert len(_workers(children)) == 1
    task.close()
    assert _workers(children) == []


def test_a_process_that_ended_while_idle_is_replaced(heic, children):
    """Whoever ended it, the next file is read."""
    image_io.read(heic)
    (worker,) = _workers(children)
    worker.kill()
    worker.wait()
    assert image_io.read(heic).size_text == "48 × 32"


@pytest.mark.skipif(sys.platform == "win32", reason="the bound on processor time is one of POSIX")
def test_a_decoder_that_never_ends_is_stopped(heic, children):
    """The system ends the process at its bound of processor time, and the sentence says so."""
    task = image_io.read_task(heic)
    next(task)
    next(task)
    (worker,) = _workers(children)
    os.kill(worker.pid, signal.SIGXCPU)
    with pytest.raises(DeblurError, match="far too long to unpack"):
        list(task)


def test_everything_about_a_picture_passes_between_processes(tmp_path):
    """Values, blocks and texts come out as they were put in."""
    values = np.arange(24, dtype=np.uint16).reshape(2, 3, 4)
    metadata = Metadata(b"xmp", b"8BIM", "comment", (300.0, 72.5), (("key", "text"),))
    table = np.arange(64, dtype=np.uint16).reshape(8, 8)
    pages = [Decoded(values, 6, b"exif", b"icc", metadata, table, 2, "note")]
    pages.append(Decoded(values[..., :1].astype(np.float32)))
    with (tmp_path / "pipe").open("w+b") as stream:
        transfer.send(stream, *transfer.pack(pages))
        stream.seek(0)
        message, blocks = transfer.receive(stream)
    first, second = transfer.unpack(message, blocks)
    np.testing.assert_array_equal(first.values, values)
    np.testing.assert_array_equal(first.jpeg_table, table)
    assert (first.orientation, first.exif, first.icc, first.metadata) == (6, b"exif", b"icc", metadata)
    assert (first.pages, first.note) == (2, "note")
    assert second.values.dtype == np.float32
    assert second.metadata == Metadata()
