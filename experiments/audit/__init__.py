"""The audit of the rule of thumb: floors, what they need, the rules on them, and pictures of it."""
