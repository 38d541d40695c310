"""The shared vocabulary and rules of Persian grammar that every finder composes its patterns of."""
