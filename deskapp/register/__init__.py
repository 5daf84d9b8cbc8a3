"""What happened: the journal of each case, and where it is kept.

A case is an ordered list of events; its state is a fold over them. Events are only ever appended. Lists and search
read a projection that is written in the same transaction and can be rebuilt from the journal.
"""
