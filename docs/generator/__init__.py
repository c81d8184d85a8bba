"""Makes what documents show: the reference, the pictures and the answers of commands."""
