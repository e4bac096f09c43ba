"""The whole problem as a CP-SAT model: one variable per possible assignment, one file per rule and per goal."""
