"""Papers on file: what a file is, how it is kept."""
