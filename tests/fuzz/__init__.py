"""Every reader of what others write, given what nobody wrote: a sentence may come of it, nothing else.

``targets`` names the readers with their seeds. ``test_fuzz`` tries each briefly with a seeded mutator of its own; ``python -m tests.fuzz``
(``make fuzz``) runs atheris, which looks for ways it has not been yet, for as long as wanted.
"""
