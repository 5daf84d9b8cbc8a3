"""What travels between a point and its county: signed, compressed, under a key; who signs, what is in it, how it is packed."""
