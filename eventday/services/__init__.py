"""One function per use case; a service owns the commit."""
