"""Reading: documents, questions, exports, the report, health."""
