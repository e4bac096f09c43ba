"""How the solver does against what one would otherwise use, how far it reaches, and how it grows."""
