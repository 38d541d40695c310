"""The archive in a browser: Datasette with pages of our own, right to left, read-only."""
