"""News agencies that a document names as its source."""
