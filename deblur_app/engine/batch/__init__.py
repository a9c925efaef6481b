"""Many photos at once: what to restore, by how many processes, and a journal of what is done."""
