"""The screens of the reading point."""
