"""The contact sheet: every suitable method on one part of the photo."""
