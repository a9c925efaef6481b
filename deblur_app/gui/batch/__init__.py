"""The workspace Batch: many photos restored into a folder, and a look at the doubtful results."""
