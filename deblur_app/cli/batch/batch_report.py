"""What the commands on many photos print: a line for each photo, and a summary."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from deblur_app.core.amounts import describe_duration
from deblur_app.engine.batch.journal import find_output
from deblur_app.engine.batch.photo_queue import STATES
from deblur_app.engine.batch.photo_task import DOUBTS
from deblur_app.engine.methods import registry
from deblur_app.terminal import one_line, print_error, print_line

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.engine.batch.journal import Record
    from deblur_app.engine.batch.photo_queue import PhotoQueue, State
    from deblur_app.engine.batch.runner import BatchEvent

_WORDS: dict[State, str] = {
    "done": "deblurred",
    "unblurred": "without blur",
    "skipped": "done before",
    "failed": "failed",
    "rejected": "rejected",
    "waiting": "not done",
}
"""The words of the summary."""

_LISTED = 10
"""Photos to look at that are named in the summary."""


class BatchReport:
    """Prints the news of a batch."""

    def __init__(self, queue: PhotoQueue, folder: Path, *, as_json: bool) -> None:
        """Prepare to print.

        Args:
            queue: The photos.
            folder: The folder of the results.
            as_json: Whether each line is a JSON object.
        """
        self._queue, self._folder, self._as_json = queue, folder, as_json
        self._doubtful: list[str] = []

    def tell(self, event: BatchEvent) -> None:
        """Print the news of a photo."""
        if event.state == "running":
            if self._as_json and not event.stage:
                self._print_json(event, {})
            return
        record = event.record
        if record and record.doubts and record.event != "accepted":
            self._doubtful.append(event.photo)
        if self._as_json:
            self._print_json(event, _as_table(record, find_output(self._folder, record) if record else None))
        if event.state == "failed":
            print_error(record.error if record else f"“{event.photo}” failed.")
        elif record and event.state != "skipped" and not self._as_json:
            self._print_photo(record)

    def _print_json(self, event: BatchEvent, table: dict[str, Any]) -> None:
        path = str(self._queue.find(event.photo).photo.path)
        print_line(json.dumps({"event": event.state, "photo": event.photo, "input": path, **table}))

    def _print_photo(self, record: Record) -> None:
        output = find_output(self._folder, record)
        label = registry.find(record.method).label
        what = f"→ {output}: {label}, {record.seconds:.1f} s" if output else "has no blur and is left alone"
        print_line(one_line(f"{record.photo} {what}"))
        if record.note:
            print_error(record.note)

    def summarise(self, seconds: float, folder: Path) -> None:
        """Print how many photos were done, failed and are to be looked at."""
        counts: dict[State, int] = {state: self._queue.count(state) for state in STATES}
        if self._as_json:
            end = {"event": "end", "doubtful": self._doubtful, "seconds": round(seconds, 3)}
            print_line(json.dumps({**end, **counts}))
            return
        counts["waiting"] += counts["running"]
        words = ", ".join(f"{counts[state]} {word}" for state, word in _WORDS.items() if counts[state])
        print_line(f"{len(self._queue)} photos in {describe_duration(seconds)}: {words or 'nothing to do'}.")
        if self._doubtful:
            names = ", ".join(self._doubtful[:_LISTED])
            more = f" and {len(self._doubtful) - _LISTED} more" if len(self._doubtful) > _LISTED else ""
            print_line(one_line(f"Look at these results in “{folder}”: {names}{more}."))


def _as_table(record: Record | None, output: Path | None) -> dict[str, Any]:
    """Return the facts of a record for scripts."""
    if record is None:
        return {}
    if record.event == "failed":
        return {"error": one_line(record.error)}
    return {
        "output": str(output) if output else None,
        "method": record.method,
        "diagnosis": record.diagnosis,
        "doubts": [{"name": name, "text": DOUBTS.get(name, name)} for name in record.doubts],
        "note": record.note,
        "seconds": record.seconds,
    }
