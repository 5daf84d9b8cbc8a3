"""The screens of the counter: one screen, one class, one .tcss. They act through the desk only."""
