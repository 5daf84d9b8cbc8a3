"""The reading point: what is published, who comes in, what they ask, how it went."""
