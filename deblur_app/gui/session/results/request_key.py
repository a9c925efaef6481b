"""Keys of requests: equal for requests that give the same result."""

from __future__ import annotations

import dataclasses
import hashlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.core.errors import DeblurError
from deblur_app.engine.methods import registry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deblur_app.engine.method import Request


def settings_key(request: Request) -> str:
    """Return a key that is equal for requests that give the same result: no matter what is looked at meanwhile."""
    try:
        values = registry.find(request.method).complete_values(request.values)
    except DeblurError:
        values = dict(request.values)
    digest = hashlib.sha256()
    for name, value in sorted(values.items()):
        digest.update(f"{name}={value!r}{_time_of(value)};".encode())
    psf = (request.psf.kernels, request.psf.trust) if request.psf else (None, None)
    for part in _parts((request.method, request.device, request.regions, request.is_checked, *psf)):
        digest.update(part)
    return digest.hexdigest()


def _time_of(value: object) -> str:
    """Return the time of change of a file that is a value of a parameter: a model may be trained anew."""
    with suppress(OSError, ValueError):
        if isinstance(value, str) and Path(value).suffix:
            return str(Path(value).stat().st_mtime_ns)
    return ""


def _parts(value: Any) -> Iterable[bytes]:
    """Yield bytes that tell a value from others: arrays by their content, dataclasses by their fields."""
    if isinstance(value, np.ndarray):
        yield f"{value.dtype}{value.shape}".encode()
        yield np.ascontiguousarray(value).tobytes()
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _parts(getattr(value, field.name))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _parts(item)
    else:
        yield repr(value).encode()
