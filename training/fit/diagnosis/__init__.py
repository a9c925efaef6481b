"""Fit of the diagnosis of a photo: how it combines what is told of the crops."""
