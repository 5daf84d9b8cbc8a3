"""Paper that belongs to no case: lists of the counter, sheets to take home, the handbook."""
