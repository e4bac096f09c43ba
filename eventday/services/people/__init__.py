"""Companies and the delegates, wishes and projects they bring."""
