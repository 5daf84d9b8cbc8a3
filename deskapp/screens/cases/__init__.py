"""The screens of an application, from the board to its letters and their delivery."""
