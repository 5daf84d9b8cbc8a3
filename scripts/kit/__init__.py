"""The kit: the program with a Python of its own, for computers that have none and no network."""
