"""What every screen is made of: the base, forms, keys, places, questions, help, the curtain."""
