"""The worker's door: takes jobs from the queue and does them, in a process of their own."""
