"""Models on this machine: installed ones, those in one file, and networks of others."""
