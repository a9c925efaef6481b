"""A Ray cluster that restores photos: the same task for each photo, as many at a time as the cluster has room for.

Photos are read by the workers, from a folder that all machines see; results come back to the program, which writes them
and the journal. A photo whose worker is lost is reported as lost, as by the processes of one machine.
"""

from __future__ import annotations

import importlib.util
import logging
import time
from typing import TYPE_CHECKING, Any

from deblur_app.core.errors import DeblurError
from deblur_app.engine.batch import worker
from deblur_app.engine.batch.pool import Report

if TYPE_CHECKING:
    from deblur_app.engine.batch.photo_task import PhotoJob

log = logging.getLogger(__name__)

_SILENCE = 0.2
"""Seconds between two looks at a cluster that has nothing to do."""


class RayPool:
    """A pool of the workers of a Ray cluster; see `pool.Pool`."""

    tries, retries_alone = 4, False

    def __init__(self, address: str, slots: int | None, *, threads: int = 1, memory: int = 0) -> None:
        """Connect to a cluster.

        Args:
            address: That of its head, as Ray takes it: “HOST:PORT”, “auto”, or “local” for a new one on this machine.
            slots: Photos at the same time; None takes as many as the cluster has processors for.
            threads: Processors for each photo.
            memory: Bytes for each photo that a machine must have free; 0 does not ask.

        Raises:
            DeblurError: Ray is not installed, or the cluster cannot be reached.
        """
        if importlib.util.find_spec("ray") is None:
            raise DeblurError(
                'Ray is not installed: pip install "deblur[ray]". Without --ray this machine restores all.'
            )
        import ray

        self._ray: Any = ray
        try:
            own = {"include_dashboard": False} if address == "local" else {}
            ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, configure_logging=False, **own)
        except (ConnectionError, RuntimeError, ValueError, OSError) as error:
            raise DeblurError(f"The Ray cluster “{address}” cannot be reached: {error}") from error
        processors = ray.cluster_resources().get("CPU", 1.0)
        self.slots = slots or max(int(processors // threads), 1)
        options: dict[str, Any] = {"num_cpus": threads, "max_retries": 0}  # the batch decides what is tried again
        self._task = ray.remote(**options, **({"memory": memory} if memory else {}))(restore_remotely)
        self._threads = threads
        self._jobs: dict[Any, str] = {}

    @property
    def running(self) -> int:
        """How many jobs were taken and are not done."""
        return len(self._jobs)

    def submit(self, job: PhotoJob) -> None:
        """Send a job to the cluster."""
        self._jobs[self._task.remote(job, self._threads)] = job.photo.relative

    def wait(self, seconds: float) -> list[Report]:
        """Return the news, as soon as there are any or so much time is over."""
        if not self._jobs:
            time.sleep(min(seconds, _SILENCE))
            return []
        done, _ = self._ray.wait(list(self._jobs), num_returns=1, timeout=seconds)
        return [self._take(reference) for reference in done]

    def _take(self, reference: Any) -> Report:
        photo = self._jobs.pop(reference)
        try:
            kind, value = self._ray.get(reference)
        except self._ray.exceptions.RayError as error:
            log.warning("The worker of %s was lost: %s", photo, error)
            return Report(photo, is_lost=True)
        return Report(photo, 1.0, result=value) if kind == "result" else Report(photo, error=value)

    def close(self) -> None:
        """End all work and leave the cluster."""
        for reference in self._jobs:
            self._ray.cancel(reference, force=True)
        self._jobs.clear()
        self._ray.shutdown()


def restore_remotely(job: PhotoJob, threads: int) -> tuple[str, Any]:
    """Restore a photo in a worker of the cluster, which keeps its models for the next one.

    Returns:
        (“result”, PhotoResult), or (“failed”, sentence).
    """
    worker.share_processors(threads)
    from deblur_app.engine.batch.photo_task import restore_photo

    return worker.answer(restore_photo(job), job.photo.path.name, lambda _: None)
