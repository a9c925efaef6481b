"""Blur as physics: point spread functions and what they do to a sharp picture."""
