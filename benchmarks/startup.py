"""Time from process start to the first paint of the window, beside a bare PySide6 window with one label.

Figures: `first_paint` (seconds) and `tensorflow_loaded` (whether TensorFlow was in memory at that moment, 0 or 1).
With `--frozen FOLDER`, such as dist/deblur, the installed program beside the source: `frozen_paint`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measuring import Figure, in_turn, parse_options, report

_ROOT = Path(__file__).resolve().parents[1]
_OPTION = "--time-first-paint"
_OURS = [sys.executable, "-m", "deblur_app", _OPTION]

_PEER = [sys.executable, "-c", """
import time
from PySide6.QtWidgets import QApplication, QLabel
class Label(QLabel):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.time(), 0, flush=True)
        import os; os._exit(0)
application = QApplication([])
label = Label("Deblur")
label.resize(1360, 760)
label.show()
application.exec()
"""]  # fmt: skip


def first_paint(command: list[str]) -> tuple[float, int]:
    """Run a program; returns seconds from its start to its first paint, and whether TensorFlow was loaded then."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_CONFIG_HOME": folder, "QT_LOGGING_RULES": "*=false"}
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        begin = time.time()
        done = subprocess.run(command, env=environment, cwd=_ROOT, capture_output=True, text=True, check=True)
    at, loaded = done.stdout.split()
    return float(at) - begin, int(loaded)


def measure_frozen(program: Path, times: int) -> None:
    """Measure the start of the installed program beside that from source."""

    def frozen() -> float:
        return first_paint([str(program), _OPTION])[0]

    def source() -> float:
        return first_paint(_OURS)[0]

    frozen(), source()  # the first start reads the disk
    median, source_median = in_turn(frozen, source, times)
    report("startup", {"frozen_paint": Figure(median, "s", source_median)})


def main() -> None:
    """Measure both in turn."""
    options = parse_options(__doc__, frozen="the folder of the installed program")
    times = 7 if options.quick else 21
    if options.frozen:
        measure_frozen(Path(options.frozen).resolve() / "deblur-gui", times)
        return
    loaded = []

    def ours() -> float:
        elapsed, tensorflow = first_paint(_OURS)
        loaded.append(tensorflow)
        return elapsed

    def peer() -> float:
        return first_paint(_PEER)[0]

    ours(), peer()  # the first start reads the disk
    median, peer_median = in_turn(ours, peer, times)
    report(
        "startup",
        {
            "first_paint": Figure(median, "s", peer_median),
            "tensorflow_loaded": Figure(max(loaded), "0 or 1"),
        },
    )


if __name__ == "__main__":
    main()
