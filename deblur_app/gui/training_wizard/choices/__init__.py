"""The choices of a user on the pages of the training wizard, without Qt."""
