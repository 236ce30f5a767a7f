"""The audit of a printed plan against its own numbers: identities, rounding and verdicts."""
