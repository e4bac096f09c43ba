"""Badges, personal links and exports, with their rows from the database."""
