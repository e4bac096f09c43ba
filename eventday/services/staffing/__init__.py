"""Who may sign in, and who changed what."""
