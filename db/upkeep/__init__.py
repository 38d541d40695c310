"""Keeping an archive for years: checks, backups, recovery."""
