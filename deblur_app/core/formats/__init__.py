"""Files of others that are no pictures, read within bounds."""
