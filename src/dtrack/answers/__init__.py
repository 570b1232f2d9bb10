"""Results of the analyses → frames, tidy sheets and documents, one module a question. Nothing is computed here."""
