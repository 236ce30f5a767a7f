"""Long jobs on pages: their results, how to start one, and what to say before there is one."""
