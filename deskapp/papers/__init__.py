"""Papers on file: what somebody scanned or was given, kept beside the register by its content; what a file is, the scanner's folder."""
