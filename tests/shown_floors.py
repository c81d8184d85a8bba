"""Floors so small that a day takes milliseconds, for tests of what is shown."""

# Half an hour; M/M/n+M on few ports, with all durations exponential: the exact chain is known.
CALLS = """
name = "Tiny"

[day]
length = "30 min"

[targets]
blocking = 0.2

[[agents]]
name = "sales"
count = 2

[[sources]]
kind = "inbound"
name = "calls"
rate = "60 per hour"
talk = { distribution = "exponential", mean = "2 min" }
wrap_up = "0 s"
patience = { distribution = "exponential", mean = "1 min" }
"""

# Two agents who leave messages, and a recording now and then.
DIALER = """
name = "Dialer"

[day]
length = "30 min"

[ports]
count = 2

[[agents]]
name = "sales"
count = 2

[[sources]]
kind = "power-dialer"
name = "outbound"
record = 0.5
"""

# A deterministic day: one agent whose every dial takes 20 s and leaves a message of 30 s.
CLOCKWORK = """
name = "Clockwork"

[day]
length = "2 min"
opens = "09:00"

[[agents]]
name = "sales"
count = 1

[[sources]]
kind = "power-dialer"
name = "outbound"
dial = "20 s"
outcomes = { voicemail = 1.0 }
message = "30 s"
by_hand = "15 s"
"""
