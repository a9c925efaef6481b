"""Masks: where in a photo a restoration is taken."""
