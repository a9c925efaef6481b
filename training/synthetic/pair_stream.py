"""Batches of pairs that separate processes make from sharp photographs while a network trains."""

from __future__ import annotations

import multiprocessing
from contextlib import suppress
from multiprocessing.shared_memory import SharedMemory
from queue import Empty
from typing import TYPE_CHECKING, Self

import cv2
import numpy as np

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr
from training.synthetic.crop_pair import make_crop_pairs
from training.synthetic.photo_store import Contents, Photos, load_photos

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.queues import Queue
    from pathlib import Path

    from numpy.typing import NDArray

    from deblur_app.core.task import Task
    from training.synthetic.recipe import Recipe

type Batch = tuple[NDArray[np.uint8], NDArray[np.uint8]]
"""Blurred and sharp crops, uint8 of shape (batch, side, side, 3); with what deconvolution makes of them, blurred ones
have nine channels."""

MEMORY = 4_000_000_000
"""Bytes that decoded photographs may take."""

_AHEAD = 4
"""Batches that each process may have ready."""

_PATIENCE = 1.0
"""Seconds after which a process that waits for orders looks whether there is anybody to give them."""


class SyntheticPairs:
    """An endless sequence of batches; equal photographs and recipes give equal batches for any number of processes.

    Used with `with`, or closed by `close`, because its processes and its shared memory must end.

    Attributes:
        recipe: How the pairs are made.
        rows: Which pairs of each batch are made.
        next: Number of the batch that comes next; a training that is resumed starts at another one than 0.
    """

    def __init__(
        self, photos: Photos, recipe: Recipe, workers: int = 2, start: int = 0, rows: range | None = None
    ) -> None:
        """Take over the photographs and start the processes.

        Args:
            photos: Closed together with this.
            recipe: How the pairs are made.
            workers: Number of processes; 0 makes each batch when it is asked for.
            start: Number of the first batch.
            rows: Which pairs of each batch are made; None for all.
        """
        self.recipe = recipe
        self.rows = range(recipe.batch_size) if rows is None else rows
        self.next = start
        self._photos = photos
        self._ready: dict[int, int] = {}
        self._processes: list[multiprocessing.process.BaseProcess] = []
        self._slots: SharedMemory | None = None
        if workers:
            self._start(workers, start)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Batch:
        """Return the next batch, and wait for it if it is not ready.

        Raises:
            DeblurError: A photograph cannot be read, or a process ended.
        """
        number, self.next = self.next, self.next + 1
        if self._slots is None:
            return make_batch(self._photos, self.recipe, number, self.rows)
        while number not in self._ready:
            self._receive()
        slot = self._ready.pop(number)
        batch = _slot(self._slots, self.recipe, len(self.rows), slot).copy()
        self._orders.put((number + self._count, slot))
        return batch[..., :-3], batch[..., -3:]

    def restart(self, number: int) -> None:
        """Make batch `number` the next one, whatever came before; the photographs stay in memory."""
        workers = len(self._processes)
        self._end()
        self.next = number
        self._ready.clear()
        if workers:
            self._start(workers, number)

    def close(self) -> None:
        """End the processes and free the memory; a second call does nothing."""
        self._end()
        self._photos.close(forget=True)

    def _end(self) -> None:
        """End the processes."""
        for process in self._processes:
            process.terminate()  # they hold nothing that needs an orderly end
        for process in self._processes:
            process.join()
        if self._processes:
            for queue in (self._orders, self._results):
                queue.cancel_join_thread()
                queue.close()
        self._processes = []
        if self._slots is not None:
            self._slots.close()
            self._slots.unlink()
            self._slots = None

    def _start(self, workers: int, start: int) -> None:
        context = multiprocessing.get_context("spawn")  # a fork after TensorFlow has computed hangs
        self._count = workers * _AHEAD
        self._slots = SharedMemory(create=True, size=self._count * _slot_bytes(self.recipe, len(self.rows)))
        self._orders: Queue[tuple[int, int]] = context.Queue()
        self._results: Queue[tuple[int, int, str]] = context.Queue()
        contents = self._photos.contents
        if contents.name is None:  # each process keeps its own
            contents = Contents(contents.paths, (), None, contents.limit // workers, contents.side)
        for slot in range(self._count):
            self._orders.put((start + slot, slot))
        arguments = (contents, self.recipe, self.rows, self._slots.name, (self._orders, self._results))
        self._processes = [context.Process(target=_work, args=arguments, daemon=True) for _ in range(workers)]
        for process in self._processes:
            process.start()

    def _receive(self) -> None:
        """Record one finished batch."""
        try:
            number, slot, problem = self._results.get(timeout=1.0)
        except Empty:
            if not all(process.is_alive() for process in self._processes):
                raise DeblurError(tr("A process that makes pairs has ended; there may be too little memory.")) from None
            return
        if problem:
            raise DeblurError(problem)
        self._ready[number] = slot


def open_synthetic_pairs(
    photos: Sequence[Path],
    recipe: Recipe,
    *,
    workers: int = 2,
    start: int = 0,
    rows: range | None = None,
    memory: int = MEMORY,
) -> Task[SyntheticPairs]:
    """Decode photographs and start making pairs of them.

    Args:
        photos: Files of sharp photographs.
        recipe: How the pairs are made.
        workers: Number of processes; 0 for none.
        start: Number of the first batch.
        rows: Which pairs of each batch are made; None for all.
        memory: Bytes that decoded photographs may take. Larger sets are decoded again and again.

    Raises:
        DeblurError: There is no photograph, one cannot be read, or is smaller than a crop.
    """
    loaded = yield from load_photos(photos, recipe.side, memory)
    return SyntheticPairs(loaded, recipe, workers, start, rows)


def make_batch(photos: Photos, recipe: Recipe, number: int, rows: range) -> Batch:
    """Make some rows of batch number `number` in this process."""
    first = number * recipe.batch_size
    pairs = make_crop_pairs(photos, len(photos), recipe, [first + index for index in rows])
    return np.stack([blurred for blurred, _ in pairs]), np.stack([sharp for _, sharp in pairs])


def _work(
    contents: Contents,
    recipe: Recipe,
    rows: range,
    name: str,
    queues: tuple[Queue[tuple[int, int]], Queue[tuple[int, int, str]]],
) -> None:
    """Run a worker process: make the batches that are ordered and write them into the slots that are named."""
    orders, results = queues
    cv2.setNumThreads(1)  # the processes share the cores
    slots, photos = SharedMemory(name), Photos(contents)
    with suppress(KeyboardInterrupt):  # Ctrl-C goes to every process; the one that reads the batches tells of it
        while (order := _next_order(orders)) is not None:
            number, slot = order
            try:
                blurred, sharp = make_batch(photos, recipe, number, rows)
            except DeblurError as error:
                results.put((number, slot, str(error)))
                continue
            target = _slot(slots, recipe, len(rows), slot)
            target[..., :-3], target[..., -3:] = blurred, sharp
            del target  # a view would keep the memory open
            results.put((number, slot, ""))


def _next_order(orders: Queue[tuple[int, int]]) -> tuple[int, int] | None:
    """Wait for the next order and return it; None once the process that gives orders is gone, perhaps killed."""
    parent = multiprocessing.parent_process()
    while parent is None or parent.is_alive():
        with suppress(Empty):
            return orders.get(timeout=_PATIENCE)
    return None


def _slot(memory: SharedMemory, recipe: Recipe, count: int, slot: int) -> NDArray[np.uint8]:
    shape = (count, recipe.side, recipe.side, recipe.channels + 3)
    return np.ndarray(shape, np.uint8, memory.buf, slot * _slot_bytes(recipe, count))


def _slot_bytes(recipe: Recipe, count: int) -> int:
    return count * recipe.side**2 * (recipe.channels + 3)
