"""Ten minutes of everything at once against one server: readers, edits, kills and faults.

`python -m bench.soak --minutes 10 --seed 1`, or `make soak`. Whatever happens by chance follows
from the seed; what follows first depends on the machine.
"""
