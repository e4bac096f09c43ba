"""Jobs and the queue they wait in."""
