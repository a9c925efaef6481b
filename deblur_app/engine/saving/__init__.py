"""Saving of one result by the settings of the user: name, place, format, metadata, and the size of the file."""
