"""What Help opens beside pages: the self-test and the log."""
