"""The text of a law: its metadata, its tree of clauses, what it does to other laws."""
