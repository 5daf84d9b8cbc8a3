"""From pages to a PDF/A file: the only room that knows the PDF library, and the fonts."""
