"""Watches: what somebody wants to be told of when it happens, and what was found of it. Each thing is found once."""
