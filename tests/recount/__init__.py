"""Whole towns played through the desk and counted once more by a program that knows nothing of it."""
