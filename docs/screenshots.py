"""Takes the pictures of the window in docs/images: with a photo, in dark, and during a training.

Runs without a screen; `python docs/screenshots.py [--pairs DIR]` trains on the pairs of DIR, or on some that it makes.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_FOLDER = tempfile.TemporaryDirectory()
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
    os.environ[_name] = _FOLDER.name

from PySide6.QtCore import QEventLoop, QTimer  # noqa: E402
from PySide6.QtGui import QColor, QPalette  # noqa: E402

from deblur_app.app import Application  # noqa: E402
from deblur_app.core.task import run_to_end  # noqa: E402

IMAGES = Path(__file__).parent / "images"
_SIZE = (1360, 800)


def wait(until: object, seconds: float) -> None:
    """Let the window live until a signal comes, or for some seconds."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    until.connect(loop.quit)  # type: ignore[attr-defined]
    loop.exec()


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, help="folder in the layout of the paper's data set")
    parser.add_argument("--epochs", type=int, default=20, help="epochs before the picture of the training is taken")
    arguments = parser.parse_args()
    application = Application(sys.argv[:1])
    window = application.window
    window.resize(*_SIZE)
    window.show()
    while window.status.engine.text() != "Engine ready":
        wait(window.painted, 0.2)
    take(window, "first-sight")
    window.open_sample()
    while window.session.is_busy or window.session.comparison is None:
        wait(window.session.changed, 1)
    take(window, "window")
    light = application.palette()
    application.setPalette(QPalette(QColor(45, 45, 45)))  # without a screen there is no colour scheme to switch
    take(window, "window-dark")
    application.setPalette(light)
    train(window, arguments.pairs or made_pairs(), arguments.epochs)
    application.quit()


def take(window: object, name: str) -> None:
    """Write what the window shows."""
    wait(window.painted, 0.5)  # type: ignore[attr-defined]
    window.grab().save(str(IMAGES / f"{name}.png"))  # type: ignore[attr-defined]


def made_pairs() -> Path:
    """Pairs of the photographs that scikit-image ships."""
    import skimage.data

    from deblur_app.core import image_io
    from deblur_app.core.picture import Picture, from_integer
    from training.made_pairs import make_pairs

    photos = Path(_FOLDER.name, "photos")
    photos.mkdir()
    for name in ("astronaut", "coffee", "chelsea", "rocket"):
        pixels = from_integer(getattr(skimage.data, name)())
        for number, quarter in enumerate((pixels[::2, ::2], pixels[:256, :256], pixels[-256:, -256:])):
            image_io.write(Picture(quarter), photos / f"{name}{number}.png")
    run_to_end(make_pairs(photos, Path(_FOLDER.name, "pairs"), count=12))
    return Path(_FOLDER.name, "pairs")


def train(window: object, folder: Path, epochs: int) -> None:
    """Take a picture in the middle of a training of the paper's network."""
    from training.config import TrainingConfig
    from training.pairs import find_pairs
    from training.run import Run

    panel = window.show_training()  # type: ignore[attr-defined]
    panel.start(TrainingConfig(epochs=100), find_pairs(folder).pairs, Run(Path(_FOLDER.name, "run")))
    for _ in range(epochs):
        wait(panel.preview_ready, 120)
    take(window, "training")
    if panel.is_busy():
        done = QEventLoop()
        panel.shut_down(done.quit)
        done.exec()


if __name__ == "__main__":
    main()
