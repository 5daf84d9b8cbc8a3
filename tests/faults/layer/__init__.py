"""The program on a disk that fails at any call, and on one whose power goes at any call: ``python -m tests.faults.layer``.

``disk.c`` lies over the C library; ``disk`` talks to it; ``acts`` are whole acts of the desk; ``look`` reads what is there afterwards;
``faults`` lets one call fail, ``cuts`` builds the disk as it was at one moment.
"""
