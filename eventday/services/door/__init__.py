"""Check-in: stations, scans, presence, walk-ins, conflicts."""
