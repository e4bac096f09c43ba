"""What is true at a forum: pure functions, no database, no web, no clock."""
