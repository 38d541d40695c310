"""Full-text search: the query language, the index, ranking and snippets."""
