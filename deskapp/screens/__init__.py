"""The screens of the counter: one screen, one class. They act through the desk only."""
