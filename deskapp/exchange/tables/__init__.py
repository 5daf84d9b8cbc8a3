"""Tables that others made: one reader for every kind of file, in a process of its own with limits.

``kinds`` tells what a file is by its content; ``text``, ``workbook``, ``other_books`` and ``web`` read one kind each into sheets of lines
(``grid``); ``reading`` opens a file; ``apart`` does so in another process. What the lines mean is none of its business.
"""
