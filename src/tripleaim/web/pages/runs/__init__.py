"""Long jobs: what there are, how far each is, starting and stopping one."""
