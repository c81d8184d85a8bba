"""Which days and port counts to run, on which workers, and what the answers are."""
