"""What is printed: badges, QR pictures, and the papers of a plan. Dataclasses in, bytes out; no web, no database."""
