"""Writers: a Sheet or Document comes in, text or bytes go out. They know nothing else."""
