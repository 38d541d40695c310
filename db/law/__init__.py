"""Laws in the archive: their rows, their tree of clauses, what follows from them, Akoma Ntoso."""
