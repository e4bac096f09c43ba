"""The ways to a plan, one room each; `solver.solve` chooses among them."""
