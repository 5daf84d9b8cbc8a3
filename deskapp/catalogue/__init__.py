"""What is published: its own file, the lists it comes from, the full texts beside it."""
