"""One picture from several of the same scene."""
