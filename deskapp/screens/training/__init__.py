"""The screens to learn with: practice cases, handbook, specimen."""
