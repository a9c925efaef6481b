"""Preparation of a photo before its blur is estimated and undone, and of the result after that."""
