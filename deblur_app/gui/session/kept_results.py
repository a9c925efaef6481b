"""Results that are kept while the program runs: on disk, for each photo and each choice of settings."""

from __future__ import annotations

import json
import logging
import shutil
import threading
import weakref
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture, from_integer, to_uint16
from deblur_app.engine.blend import PLAIN, Blend
from deblur_app.gui.session.request_key import settings_key

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.engine.method import Request
    from deblur_app.engine.tasks import Restored

log = logging.getLogger(__name__)

_LEAST_FREE = 2_000_000_000
"""Bytes that are left free on the disk: other programs need room too."""


@dataclass(frozen=True)
class PhotoKey:
    """The identity of the photo that a result is of.

    Attributes:
        name: The name for the user.
        path: Its file, or None for one from the clipboard or the blur lab.
        stamp: Time of the last change in nanoseconds and size of the file; a number for a photo without a file.
    """

    name: str
    path: Path | None = None
    stamp: tuple[int, int] = (0, 0)


@dataclass(eq=False)
class KeptResult:
    """A result that is kept.

    Attributes:
        photo: The photo that it is of.
        request: The method and the settings it was made with.
        settings: The same as a key, see `settings_key`.
        restored: How it was made; its pictures have no pixels, unless they could not be written.
        is_changed: Whether it differs from the photo.
        blend: The blend in which it was last shown.
        shows_rejected: Whether the picture that failed its check was shown last, in place of the gentler one.
        saved_as: Blend and `shows_rejected` of the last time it was saved, or None.
        file: The path of its pixels, without an ending; None where they are in memory.
    """

    photo: PhotoKey
    request: Request
    settings: str
    restored: Restored
    is_changed: bool
    blend: Blend = PLAIN
    shows_rejected: bool = False
    saved_as: tuple[Blend, bool] | None = None
    file: Path | None = None

    @property
    def is_saved(self) -> bool:
        """True if it was saved as it was last shown."""
        return self.saved_as == (self.blend, self.shows_rejected)


class ResultStore:
    """The results of a session. May be used from several threads.

    Its folder is made when the first result is kept, and removed by `close` or at the end of the process; after a
    crash it stays, see `recovery`.
    """

    def __init__(self, folder: Path, least_free: int = _LEAST_FREE) -> None:
        """Keep results in `folder`, and leave `least_free` bytes of its disk free."""
        self.folder = folder
        self._least_free = least_free
        self._lock = threading.RLock()
        self._kept: dict[tuple[PhotoKey, str], KeptResult] = {}  # the oldest first
        self._current: dict[PhotoKey, KeptResult] = {}
        self._truths: dict[PhotoKey, Path] = {}
        self._on_screen: KeptResult | None = None
        self._count = 0
        self._remove = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)

    def keep(
        self, photo: PhotoKey, request: Request, restored: Restored, *, is_changed: bool
    ) -> tuple[KeptResult, str]:
        """Keep a result, in place of an older one of the same photo and settings.

        Returns:
            The kept result, and a sentence for the user where older ones had to go or the disk failed, else "".
        """
        kept = KeptResult(photo, request, settings_key(request), restored, is_changed)
        with self._lock:
            note = self._make_room(_bytes_of(restored))
            try:
                self._write(kept)
            except OSError as error:
                log.warning("A result cannot be kept on disk", exc_info=error)
                note = f"{note} This result could not be kept on disk ({error.strerror}): save it soon.".strip()
            older = self._kept.get((photo, kept.settings))
            is_current = older is not None and self._current.get(photo) is older
            self._forget(older)
            self._kept[photo, kept.settings] = kept
            if is_current:
                self._current[photo] = kept
        return kept, note

    def find(self, photo: PhotoKey, request: Request) -> KeptResult | None:
        """Return the result of a photo with these settings, or None."""
        with self._lock:
            return self._kept.get((photo, settings_key(request)))

    def current(self, photo: PhotoKey) -> KeptResult | None:
        """Return the result of a photo that was shown last, or None."""
        with self._lock:
            return self._current.get(photo)

    def show(self, kept: KeptResult) -> None:
        """Remember which result of its photo is shown."""
        with self._lock:
            before, self._current[kept.photo], self._on_screen = self._current.get(kept.photo), kept, kept
            for one in filter(None, {before, kept}):
                self._describe(one)

    def mark_saved(self, kept: KeptResult, blend: Blend, *, rejected: bool) -> None:
        """Remember that a result was saved, and how it was shown then."""
        with self._lock:
            kept.saved_as = blend, rejected
            self._describe(kept)

    def list_unsaved(self) -> list[KeptResult]:
        """Return the results, one per photo, that were shown last and are not saved."""
        with self._lock:
            return [kept for kept in self._current.values() if kept.is_changed and not kept.is_saved]

    def photos(self) -> list[PhotoKey]:
        """Return the photos that have a result, in the order of their first one."""
        with self._lock:
            return list(self._current)

    def load(self, kept: KeptResult) -> Restored:
        """Return a result with its pixels.

        Raises:
            DeblurError: Its file is gone.
        """
        restored, file = kept.restored, kept.file
        if file is None:
            return restored
        try:
            picture = _load_pixels(restored.picture, file.with_suffix(".npy"))
            if restored.rejected is None:
                return replace(restored, picture=picture)
            rejected = _load_pixels(restored.rejected, file.with_suffix(".rejected.npy"))
            return replace(restored, picture=picture, rejected=rejected)
        except (OSError, ValueError) as error:
            raise DeblurError(f"The kept result of “{kept.photo.name}” is gone: {error}.") from error

    def keep_photo(self, photo: PhotoKey, picture: Picture) -> None:
        """Keep a photo that has no file, so that one can go back to it; errors are logged."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            np.save(self._photo_file(photo), _values_of(picture))
        except OSError as error:
            log.warning("A photo cannot be kept on disk", exc_info=error)

    def load_photo(self, photo: PhotoKey) -> Picture:
        """Return a photo that was kept by `keep_photo`.

        Raises:
            DeblurError: Its file is gone.
        """
        try:
            values = from_integer(np.load(self._photo_file(photo), allow_pickle=False))
        except (OSError, ValueError) as error:
            raise DeblurError(f"“{photo.name}” is gone: {error}. Paste it again.") from error
        alpha = values[..., 3].copy() if values.shape[2] == 4 else None
        return Picture(np.ascontiguousarray(values[..., :3]), alpha)

    def set_truth(self, photo: PhotoKey, truth: Path | None) -> None:
        """Remember the ground truth of a photo; None for none."""
        with self._lock:
            if truth:
                self._truths[photo] = truth
            else:
                self._truths.pop(photo, None)

    def truth(self, photo: PhotoKey) -> Path | None:
        """Return the file of the ground truth that a photo had, or None."""
        return self._truths.get(photo)

    def close(self) -> None:
        """Forget all results and remove their folder."""
        with self._lock:
            self._kept.clear()
            self._current.clear()
            self._remove()

    def _write(self, kept: KeptResult) -> None:
        """Move the pixels of a result to the disk."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._count += 1
        file, restored = self.folder / f"{self._count}", kept.restored
        rejected = restored.rejected
        try:
            np.save(file.with_suffix(".npy"), _values_of(restored.picture))
            if rejected is not None:
                np.save(file.with_suffix(".rejected.npy"), _values_of(rejected))
        except OSError:
            _delete(file)
            raise
        bare = replace(restored, picture=_remove_pixels(restored.picture))
        kept.restored = bare if rejected is None else replace(bare, rejected=_remove_pixels(rejected))
        kept.file = file

    def _describe(self, kept: KeptResult) -> None:
        """Write beside the pixels what is needed to save them after a crash; nothing for those that are saved."""
        if kept.file is None:
            return
        file = kept.file.with_suffix(".json")
        with suppress(OSError):
            if kept.is_saved or not kept.is_changed or self._current.get(kept.photo) is not kept:
                file.unlink(missing_ok=True)
                return
            facts = {"name": kept.photo.name, "path": str(kept.photo.path or ""), "stamp": kept.photo.stamp}
            file.write_text(json.dumps(facts), encoding="utf-8")

    def _forget(self, kept: KeptResult | None) -> None:
        if kept is None:
            return
        self._kept.pop((kept.photo, kept.settings), None)
        if self._current.get(kept.photo) is kept:
            del self._current[kept.photo]
        if kept.file is not None:
            _delete(kept.file)

    def _make_room(self, needed: int) -> str:
        """Forget the oldest results until there is room; those that are not saved and shown last go last."""
        gone: list[KeptResult] = []
        unsaved = set(map(id, self.list_unsaved()))
        for kept in sorted(self._kept.values(), key=lambda kept: id(kept) in unsaved):
            if self._free() >= needed + self._least_free:
                break
            if kept.file is not None and kept is not self._on_screen:
                gone.append(kept)
                self._forget(kept)
        if not gone:
            return ""
        names = ", ".join(f"“{name}”" for name in dict.fromkeys(kept.photo.name for kept in gone))
        return f"The disk is nearly full, so the oldest kept results were dropped: {names}."

    def _free(self) -> int:
        folder = next((folder for folder in (self.folder, *self.folder.parents) if folder.is_dir()), None)
        return shutil.disk_usage(folder).free if folder else 0

    def _photo_file(self, photo: PhotoKey) -> Path:
        return self.folder / f"photo-{photo.stamp[0]}.npy"


def _values_of(picture: Picture) -> np.ndarray[Any, Any]:
    """Return 16-bit values with transparency: rounding them to 8 bits gives what the pixels themselves give."""
    values = to_uint16(picture.pixels)
    return values if picture.alpha is None else np.dstack([values, to_uint16(picture.alpha)])


def _bytes_of(restored: Restored) -> int:
    pictures = [restored.picture, restored.rejected]
    return sum(picture.pixels.size * 3 for picture in pictures if picture is not None)  # 2 bytes, and transparency


def _remove_pixels(picture: Picture) -> Picture:
    alpha = None if picture.alpha is None else np.empty((0, 0), np.float32)
    return replace(picture, pixels=np.empty((0, 0, 3), np.float32), alpha=alpha)


def _load_pixels(picture: Picture, file: Path) -> Picture:
    values = from_integer(np.load(file, allow_pickle=False))
    alpha = values[..., 3].copy() if values.shape[2] == 4 else None
    return replace(picture, pixels=np.ascontiguousarray(values[..., :3]), alpha=alpha)


def _delete(file: Path) -> None:
    for ending in (".npy", ".rejected.npy", ".json"):
        with suppress(OSError):
            file.with_suffix(ending).unlink(missing_ok=True)
