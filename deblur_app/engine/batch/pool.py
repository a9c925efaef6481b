"""What restores the photos of a batch, as the batch sees it: something that takes jobs and reports on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from deblur_app.engine.batch.photo_task import PhotoJob, PhotoResult


@dataclass(frozen=True, eq=False)
class Report:
    """News of a job.

    Attributes:
        photo: The name of its photo within the batch.
        fraction: Share of the work that is done.
        stage: What is being done, in a few words.
        result: The result, once it is there.
        error: Why there will be none; "" as long as nothing failed.
        is_lost: Whether the process that worked on it has ended before its time.
    """

    photo: str
    fraction: float = 0.0
    stage: str = ""
    result: PhotoResult | None = None
    error: str = ""
    is_lost: bool = False

    @property
    def is_last(self) -> bool:
        """True if nothing more will come of the job."""
        return self.result is not None or bool(self.error) or self.is_lost


class Pool(Protocol):
    """Workers that restore photos.

    Attributes:
        slots: How many at the same time.
        tries: How often a photo is tried whose worker is lost.
        retries_alone: Whether it is tried again while no other is running: memory may have been short.
    """

    slots: int
    tries: int
    retries_alone: bool

    @property
    def running(self) -> int:
        """How many jobs were taken and are not done."""

    def submit(self, job: PhotoJob) -> None:
        """Take a job; there must be a free slot."""

    def wait(self, seconds: float) -> list[Report]:
        """Return the news, as soon as there are any or so much time is over."""

    def close(self) -> None:
        """End all work at once."""
