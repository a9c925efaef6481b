"""Deblur: repairs blurred photographs."""

__version__ = "0.1.0"
