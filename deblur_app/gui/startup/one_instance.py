"""One window for each user and screen: a second start gives its photos to the window that is there already."""

from __future__ import annotations

import json
import logging
import os
import sys
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)

ANSWER = b"taken\n"
"""What the window answers once it has the list of photos."""

_PATIENCE = 8.0
"""Seconds in which the window that is there must answer; a busy one needs some tenths. Afterwards a new one opens."""
_LONGEST_MESSAGE = 4_000_000
"""Bytes of a message; the paths of 10,000 photos fit."""
_LONGEST_ADDRESS = 100
"""Bytes of the path of a socket; systems allow 104 to 108."""
_ACTIVATION = "XDG_ACTIVATION_TOKEN"
"""The variable with which a desktop of Wayland allows a started program to come to the front."""


def instance_folder() -> Path:
    """Return a folder that other users cannot write to, for the lock and the socket."""
    import platformdirs

    given = os.environ.get("XDG_RUNTIME_DIR")
    if sys.platform == "linux" and given and Path(given).is_dir():
        return Path(given)
    return Path(platformdirs.user_cache_dir("Deblur", appauthor=False))


def instance_name() -> str:
    """Return the name of the window of this user on this screen."""
    screen = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or ""
    user = str(os.getuid()) if sys.platform != "win32" else os.environ.get("USERNAME", "")
    return f"deblur-{zlib.crc32(f'{user} {screen}'.encode()):08x}"


class OneInstance(QObject):
    """The lock that the first window holds, and the socket on which it hears of photos.

    The lock is a file that belongs to a process; that of a process which is gone counts for nothing, and so does its
    socket. Where neither can be made, as in a home that cannot be written to, each start opens a window of its own.

    Signals:
        photos_given: A second start asks for its photos (a list of paths, perhaps empty) to be opened.
    """

    photos_given = Signal(list)

    def __init__(self, folder: Path | None = None, name: str | None = None, parent: QObject | None = None) -> None:
        """Name the window; `folder` and `name` are those of this user and screen unless they are given."""
        super().__init__(parent)
        name = name or instance_name()
        self._folder = folder or instance_folder()
        self._address = name if sys.platform == "win32" else str(self._folder / f"{name}.socket")
        self._lock = QLockFile(str(self._folder / f"{name}.lock"))
        self._lock.setStaleLockTime(0)  # a window may be open for weeks
        self._server: QLocalServer | None = None
        self._conversations: set[_Conversation] = set()

    def claim(self) -> bool:
        """Return whether this is the first window, which others then give their photos to.

        True also where there is no place for a lock.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return True
        return self._lock.tryLock(0) or self._lock.error() != QLockFile.LockError.LockFailedError

    def give(self, photos: list[Path], patience: float = _PATIENCE) -> bool:
        """Give photos to the window that is there, and return whether it has taken them.

        Args:
            photos: Files and folders; none brings the window to the front.
            patience: Seconds to wait for the answer.
        """
        from PySide6.QtNetwork import QLocalSocket

        message = {"photos": [str(photo.absolute()) for photo in photos], "token": os.environ.get(_ACTIVATION, "")}
        end = time.monotonic() + patience
        while (left := end - time.monotonic()) > 0:
            socket = QLocalSocket()
            socket.connectToServer(self._address)
            if socket.waitForConnected(int(left * 1000)):
                return _send(socket, json.dumps(message).encode() + b"\n", end)
            time.sleep(min(0.05, left))  # it has the lock, and will listen as soon as it has painted
        return False

    @Slot()
    def listen(self) -> None:
        """Listen for the photos of later starts; do nothing where another window listens already."""
        if not self._lock.isLocked() or len(os.fsencode(self._address)) > _LONGEST_ADDRESS:
            return
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(self._address)  # of a process that ended unexpectedly: the lock is ours
        if not server.listen(self._address):
            log.warning("Other starts cannot reach this window: %s", server.errorString())
            return
        server.newConnection.connect(self._accept)
        self._server = server

    def close(self) -> None:
        """Stop listening, and let another window be the first."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.unlock()

    @Slot()
    def _accept(self) -> None:
        while self._server is not None and (socket := self._server.nextPendingConnection()) is not None:
            conversation = _Conversation(socket, self._conversations.discard, self.photos_given.emit)
            self._conversations.add(conversation)
            conversation.begin()


class _Conversation:
    """What one second start says, up to the end of its line."""

    def __init__(
        self,
        socket: QLocalSocket,
        forget: Callable[[_Conversation], object],
        take: Callable[[list[Path]], object],
    ) -> None:
        """Listen to `socket`, which its server owns; call `take` with the photos, and `forget` at the end."""
        self._socket, self._forget, self._give, self._text = socket, forget, take, b""

    def begin(self) -> None:
        """Read what is there already, and what comes."""
        self._socket.readyRead.connect(self._read)
        self._socket.disconnected.connect(self._end)
        self._socket.disconnected.connect(self._socket.deleteLater)
        self._read()

    def _end(self) -> None:
        self._forget(self)

    def _read(self) -> None:
        self._text += self._socket.readAll().data()
        if len(self._text) > _LONGEST_MESSAGE:
            self._socket.abort()
        elif self._text.endswith(b"\n"):
            message, self._text = self._text, b""
            self._take(message)

    def _take(self, message: bytes) -> None:
        from deblur_app.core.formats.foreign_json import parse_json  # here, because the window paints before (ADR 6)

        try:
            content = parse_json(message, _LONGEST_MESSAGE)
            photos = [Path(str(photo)) for photo in content["photos"]]
            token = str(content.get("token", ""))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            log.warning("A message of another start cannot be read: %s", error)
            self._socket.abort()
            return
        if token:
            os.environ[_ACTIVATION] = token  # where Qt looks for it when the window asks to come to the front
        self._socket.write(ANSWER)
        self._socket.flush()
        self._give(photos)


def _send(socket: QLocalSocket, message: bytes, end: float) -> bool:
    """Send a message, and return whether it was answered in time."""
    socket.write(message)
    answer = b""
    while not answer.endswith(b"\n") and (left := end - time.monotonic()) > 0:
        if not socket.waitForReadyRead(max(int(left * 1000), 1)):
            break
        answer += socket.readAll().data()
    return answer == ANSWER
