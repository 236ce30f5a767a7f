"""Make your own place: send a file of people, see what was understood, build its plan."""
