"""What happens to an application from the letter box to the archive: one module for each moment."""
