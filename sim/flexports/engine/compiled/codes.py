"""What numbers in the loop's tables stand for, as those who fill and read these know it too."""

# The operations: one for each primitive, and one for the end of a flow.
TAKE_PORT, WAIT_FOR_PORT, RETRY, RELEASE_PORT, DELAY, BRANCH = 0, 1, 2, 3, 4, 5
ASK_FOR_AGENT, REACH, TALK, WORK, START, END, OVER = 6, 7, 8, 9, 10, 11, 12
END_OF_ALL = 13  # an end with nothing behind it
BLANK = 14  # nothing, in no time

# What the loop may want from outside.
NOTHING = 0
MORE_DRAWS = 1  # of a roll
MORE_ATTEMPTS = 2  # draws for one attempt more
MORE_CALLS = 3  # room for calls in progress
MORE_ROWS = 4  # room for what is told
BROKEN = 5  # a draw that makes no sense

# Places in the event list of what is neither an agent, a user nor a call.
ARRIVALS, CLOSING, SHIFT_ENDS = 0, 1, 2

# What an outcome means; the bits of `FloorAtWork.outcomes`.
LOST, RETRIES, BY_HAND, NO_ACTION, STALE = 1, 2, 4, 8, 16

# What a column is filled by, in place of the address of a function.
EXPONENTIALS, UNIFORMS = 0, 1
