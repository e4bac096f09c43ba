"""The event itself: its frame, programme, tables and rounds."""
