"""Time from process start to the first paint of the window, beside a bare PySide6 window with one label.

Figures: `first_paint` (seconds) and `tensorflow_loaded` (whether TensorFlow was in memory at that moment, 0 or 1).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

from measuring import Figure, in_turn, quick, report

_OURS = """
import sys, time
from deblur_app.app import Application
application = Application(["deblur"])
def painted():
    print(time.time(), int("tensorflow" in sys.modules), flush=True)
    sys.stdout.flush()
    import os; os._exit(0)
application.window.painted.connect(painted)
application.window.show()
application.exec()
"""

_PEER = """
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
"""


def first_paint(program: str) -> tuple[float, int]:
    """Run a program; returns seconds from its start to its first paint, and whether TensorFlow was loaded then."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_CONFIG_HOME": folder, "QT_LOGGING_RULES": "*=false"}
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        begin = time.time()
        done = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
        )
    at, loaded = done.stdout.split()
    return float(at) - begin, int(loaded)


def main() -> None:
    """Measure both in turn."""
    times = 7 if quick(__doc__) else 21
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
