"""Noise: its level, and how it is taken out."""
