"""Which clauses of which instruments a document cites."""
