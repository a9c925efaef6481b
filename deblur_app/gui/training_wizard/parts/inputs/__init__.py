"""Widgets of the page of pictures: blurs, examples, and a check of the files."""
