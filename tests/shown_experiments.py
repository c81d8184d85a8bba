"""Two small floors, and the head of an experiment on one of them."""

FLOOR = """
name = "Small"

[day]
length = "1 h"

[ports]
count = 6

[targets]
blocking = 0.02
abandonment = 0.1

[[agents]]
name = "sales"
count = 3

[[sources]]
kind = "power-dialer"
name = "outbound"
outcomes = { voicemail = 0.4, conversation = 0.2, no-answer = 0.4 }

[[sources]]
kind = "inbound"
name = "toll-free"
rate = "18 per hour"
talk = { distribution = "lognormal", mean = "4 min", cv = 1.0 }
wrap_up = "20 s"
"""

OTHER = """
name = "Other"

[[agents]]
name = "sales"
count = 2

[[sources]]
kind = "inbound"
name = "toll-free"
rate = "6 per hour"
talk = { distribution = "lognormal", mean = "3 min", cv = 1.0 }
"""

HEAD = 'name = "Trial"\nfloor = "small.toml"\nports = "1-4"\n'
