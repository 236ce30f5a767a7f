"""The printed plan held against its own numbers: identities, rounding intervals, verdicts."""
