"""The practice desk, its lessons, and the specimen of a letter."""
