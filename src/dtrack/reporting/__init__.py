"""Results to documents, one module a question. Nothing is computed here."""
