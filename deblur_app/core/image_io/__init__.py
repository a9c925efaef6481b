"""Picture files in and out: depth, transparency, metadata and colour profile are kept, and writes are atomic."""

from deblur_app.core.image_io.draft import Draft, read_draft
from deblur_app.core.image_io.embedded import find_capture_time
from deblur_app.core.image_io.limits import MAX_PIXELS
from deblur_app.core.image_io.reading import read, read_pages, read_pages_task, read_task
from deblur_app.core.image_io.writing import check_target, describe_loss, holds_pages, write, write_pages

__all__ = [
    "MAX_PIXELS",
    "Draft",
    "check_target",
    "describe_loss",
    "find_capture_time",
    "holds_pages",
    "read",
    "read_draft",
    "read_pages",
    "read_pages_task",
    "read_task",
    "write",
    "write_pages",
]
