"""What is published: the catalogue of the reading point, in a file of its own. It knows no case and no person."""
