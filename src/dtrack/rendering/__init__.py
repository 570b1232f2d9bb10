"""Writers of a document: text or bytes in one format each. They know nothing else."""
