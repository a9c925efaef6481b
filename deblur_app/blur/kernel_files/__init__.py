"""Files of kernels: reading what others wrote, and writing."""
