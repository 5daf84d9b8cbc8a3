"""The year and the month are counted: from the cases, and from what the reading point noted."""
