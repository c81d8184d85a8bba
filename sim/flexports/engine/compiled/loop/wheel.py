"""The event list: what is to come, in order.

A calendar queue (Brown 1988, "Calendar queues: a fast O(1) priority queue implementation for the
simulation event set problem", CACM 31): time is cut into slots, an eighth of the mean gap from one
event to the next, and slot k has its events in bucket k modulo the number of buckets, in order.
Times are compared where they fall into one slot, so that the order is exact for any slots; how long
those are, and how many buckets there are, follows what was measured and matters to speed alone.

What *begins* at the present instant, and who *looks* for work at it, stand in two lists of their
own: nothing of either is ever set down for later. So the order of one instant (see
`flexports.engine.simpy_engine.clock`, whose rule this keeps) is: the bucket's events of this very
time, first what ends and then what arrives; then what begins; then who looks.

What comes next is looked up as soon as what happens now is taken out (`coming`), so that it is
known long before it is wanted; what is set down for an earlier time takes its place.

A node of the list is part of what it happens to. A call has one event at a time, and so has an
agent; when an agent answers, the caller's patience is taken out of the list.
"""

from __future__ import annotations

from math import nan

from flexports.engine.compiled.layout import NOBODY
from flexports.engine.compiled.loop.compiling import part, part_apart
from flexports.engine.compiled.loop.memory import first_bit
from flexports.engine.compiled.loop.rows import (
    FloorAtWork,
    head_of,
    node_at,
    occupied_at,
    put_head,
    put_occupied,
    put_scratch,
    scratch_at,
)

ENDS, ARRIVES = 1, 2

NOWHERE, IN_WHEEL, IN_BEGINS, IN_LOOKS = 0, 1, 2, 3

_FARTHEST = 9e18
_FIRST_LOOK, _LONGEST_BETWEEN_LOOKS = 64, 8192
_FEWEST_BUCKETS = 64
_SLOTS_AN_EVENT = 8.0
_BUCKETS_AN_EVENT, _FEWEST_AN_EVENT = 16, 4
_MANY_BUCKETS = 1 << 14
"""With more of them the processor's caches do not hold them; then fewer for each event do."""
_WORD, _IN_WORD = 6, 63
"""64 buckets to a word of the bits that tell which have events."""


@part
def set_down(floor: FloorAtWork, node: int, time_s: float, place: int) -> None:
    """An event is to happen at a time, now or later."""
    event = node_at(floor, node)
    slot = int(min(time_s * floor.slots_per_s, _FARTHEST))
    event.time_s = time_s
    event.slot = slot
    event.place = place
    event.where = IN_WHEEL
    floor.pending += 1
    if not time_s > floor.coming_s and _is_next(floor, time_s, place):
        _comes_next(floor, node)
    bucket = slot & floor.mask
    if head_of(floor, bucket) == NOBODY:  # as nineteen times out of twenty
        event.next = event.prev = node
        _occupy(floor, bucket, node)
    else:
        _set_down_among_others(floor, node, bucket)


@part_apart
def _set_down_among_others(floor: FloorAtWork, node: int, bucket: int) -> None:
    """The same where the bucket has events: in order of time."""
    event, head = node_at(floor, node), head_of(floor, bucket)
    time_s, place = event.time_s, event.place
    before = node_at(floor, head).prev
    if _comes_after(floor, before, time_s, place):
        while before != head and _comes_after(floor, node_at(floor, before).prev, time_s, place):
            before = node_at(floor, before).prev
        if before == head:  # it is the first
            put_head(floor, bucket, node)
        before = node_at(floor, before).prev
    after = node_at(floor, before).next
    event.prev, event.next = before, after
    node_at(floor, before).next = node
    node_at(floor, after).prev = node


@part
def _is_next(floor: FloorAtWork, time_s: float, place: int) -> bool:
    """Whether an event, no later than the first in the wheel, comes before it."""
    if floor.coming == NOBODY or time_s < floor.coming_s:
        return True
    return place < node_at(floor, floor.coming).place


@part
def _comes_next(floor: FloorAtWork, node: int) -> None:
    floor.coming = node
    floor.coming_s = node_at(floor, node).time_s if node != NOBODY else nan


@part
def _comes_after(floor: FloorAtWork, node: int, time_s: float, place: int) -> bool:
    event = node_at(floor, node)
    return event.time_s > time_s or (event.time_s == time_s and event.place > place)


@part
def _out_of_wheel(floor: FloorAtWork, node: int, bucket: int) -> None:
    event = node_at(floor, node)
    floor.pending -= 1
    event.where = NOWHERE
    if event.next == node:
        _empty(floor, bucket)
        return
    node_at(floor, event.prev).next = event.next
    node_at(floor, event.next).prev = event.prev
    if head_of(floor, bucket) == node:
        put_head(floor, bucket, event.next)


@part
def begin(floor: FloorAtWork, node: int) -> None:
    """Something begins, once all that ends at this instant has ended."""
    event = node_at(floor, node)
    event.where = IN_BEGINS
    floor.at_once += 1
    event.next = NOBODY
    event.prev = floor.begins_last
    if floor.begins_last == NOBODY:
        floor.begins_first = node
    else:
        node_at(floor, floor.begins_last).next = node
    floor.begins_last = node


@part
def look_last(floor: FloorAtWork, node: int) -> None:
    """Somebody looks for work, once all that ends or begins at this instant has done so."""
    event = node_at(floor, node)
    event.where = IN_LOOKS
    floor.at_once += 1
    event.next = NOBODY
    event.prev = floor.looks_last
    if floor.looks_last == NOBODY:
        floor.looks_first = node
    else:
        node_at(floor, floor.looks_last).next = node
    floor.looks_last = node


@part
def _first_of_begins(floor: FloorAtWork) -> int:
    node = floor.begins_first
    floor.begins_first = node_at(floor, node).next
    if floor.begins_first == NOBODY:
        floor.begins_last = NOBODY
    else:
        node_at(floor, floor.begins_first).prev = NOBODY
    node_at(floor, node).where = NOWHERE
    floor.at_once -= 1
    return node


@part
def _out_of_looks(floor: FloorAtWork, node: int) -> None:
    event = node_at(floor, node)
    if event.prev == NOBODY:
        floor.looks_first = event.next
    else:
        node_at(floor, event.prev).next = event.next
    if event.next == NOBODY:
        floor.looks_last = event.prev
    else:
        node_at(floor, event.next).prev = event.prev
    event.where = NOWHERE
    floor.at_once -= 1


@part
def call_off(floor: FloorAtWork, node: int) -> None:
    """What was to happen will not, if anything was."""
    event = node_at(floor, node)
    if event.where == IN_WHEEL:
        _out_of_wheel(floor, node, event.slot & floor.mask)
        if node == floor.coming:
            _comes_next(floor, _earliest(floor))
    elif event.where == IN_LOOKS:
        _out_of_looks(floor, node)


@part
def busy_instant(floor: FloorAtWork) -> bool:
    """Whether something else is set down for this very instant."""
    return floor.at_once != 0 or floor.coming_s == floor.now_s


@part
def next_event(floor: FloorAtWork) -> int:
    """Go on to what happens next, and take it out of the list; NOBODY if nothing does."""
    if floor.coming_s != floor.now_s:
        if floor.at_once:
            return _first_at_once(floor)
        if floor.coming == NOBODY:
            return NOBODY
        floor.until_look -= 1
        if floor.until_look == 0:
            _look_at_slots(floor)
        floor.now_s = floor.coming_s
    node = floor.coming
    _go_to(floor, node_at(floor, node).slot)
    _out_of_wheel(floor, node, floor.here)
    _comes_next(floor, _earliest(floor))
    return node


@part
def _first_at_once(floor: FloorAtWork) -> int:
    """Take what begins, or else who looks for work."""
    if floor.begins_first != NOBODY:
        return _first_of_begins(floor)
    node = floor.looks_first
    _out_of_looks(floor, node)
    return node


@part
def _earliest(floor: FloorAtWork) -> int:
    """The first event of the next slot that has any, or NOBODY."""
    # Most often in the same word of bits. A shift that keeps the sign adds bits behind the last.
    bits = occupied_at(floor, floor.here >> _WORD) >> (floor.here & _IN_WORD)
    if bits:
        ahead = first_bit(bits)
        node = head_of(floor, floor.here + ahead)
        if node_at(floor, node).slot == floor.slot + ahead:
            return node
    return _earliest_farther_on(floor)


@part
def _go_to(floor: FloorAtWork, slot: int) -> None:
    floor.slot = slot
    floor.here = slot & floor.mask


@part_apart
def _earliest_farther_on(floor: FloorAtWork) -> int:
    """The same, word after word."""
    if floor.pending == 0:
        return NOBODY
    here, mask = floor.here, floor.mask
    word = here >> _WORD
    bits = occupied_at(floor, word) & (-1 << (here & _IN_WORD))
    words = (mask + 1) >> _WORD
    for _ in range(words + 1):
        while bits:
            bucket = (word << _WORD) + first_bit(bits)
            node = head_of(floor, bucket)
            slot = floor.slot + ((bucket - here) & mask)
            if node_at(floor, node).slot == slot:
                return node
            bits &= bits - 1
        word = (word + 1) & (words - 1)
        bits = occupied_at(floor, word)
    return _earliest_of_all(floor)


@part_apart
def _earliest_of_all(floor: FloorAtWork) -> int:
    """The same where there is nothing in a whole turn of the wheel: it is far ahead."""
    best = NOBODY
    for bucket in range(floor.mask + 1):
        node = head_of(floor, bucket)
        if node != NOBODY and (
            best == NOBODY or node_at(floor, node).slot < node_at(floor, best).slot
        ):
            best = node
    return best


@part
def _occupy(floor: FloorAtWork, bucket: int, node: int) -> None:
    """A bucket that was empty has an event."""
    put_head(floor, bucket, node)
    bits = occupied_at(floor, bucket >> _WORD)
    put_occupied(floor, bucket >> _WORD, bits | (1 << (bucket & _IN_WORD)))


@part
def _empty(floor: FloorAtWork, bucket: int) -> None:
    """A bucket has no event any more."""
    put_head(floor, bucket, NOBODY)
    bits = occupied_at(floor, bucket >> _WORD)
    put_occupied(floor, bucket >> _WORD, bits & ~(1 << (bucket & _IN_WORD)))


@part_apart
def _look_at_slots(floor: FloorAtWork) -> None:
    """Make slots an eighth of the mean gap between events since the last look."""
    events = floor.longest_until_look
    passed_s = floor.now_s - floor.marked_s
    floor.marked_s = floor.now_s
    floor.longest_until_look = min(2 * events, _LONGEST_BETWEEN_LOOKS)
    floor.until_look = floor.longest_until_look
    buckets = _FEWEST_BUCKETS
    while 2 * buckets <= floor.of_heads and (
        buckets < _FEWEST_AN_EVENT * floor.pending
        or buckets < min(_BUCKETS_AN_EVENT * floor.pending, _MANY_BUCKETS)
    ):
        buckets *= 2
    if passed_s <= 0.0:
        return
    fitting = _SLOTS_AN_EVENT * events / passed_s
    longer = floor.slots_per_s > 2.0 * fitting
    shorter = 2.0 * floor.slots_per_s < fitting
    if longer or shorter or floor.mask + 1 < buckets or floor.mask + 1 > 4 * buckets:
        _cut_anew(floor, fitting, buckets)


@part
def _cut_anew(floor: FloorAtWork, slots_per_s: float, buckets: int) -> None:
    found = 0
    for bucket in range(floor.mask + 1):
        head = head_of(floor, bucket)
        _empty(floor, bucket)
        node = head
        while node != NOBODY:
            put_scratch(floor, found, node)
            found += 1
            node = node_at(floor, node).next
            if node == head:
                break
    floor.slots_per_s = slots_per_s
    floor.mask = buckets - 1
    floor.pending = 0
    _go_to(floor, int(min(floor.now_s * slots_per_s, _FARTHEST)))
    for place in range(found):  # what comes next is the same as before
        event = node_at(floor, scratch_at(floor, place))
        set_down(floor, scratch_at(floor, place), event.time_s, event.place)


@part
def set_back(floor: FloorAtWork) -> None:
    """Time begins anew, with nothing set down."""
    for bucket in range(floor.of_heads):
        put_head(floor, bucket, NOBODY)
    for word in range(floor.of_occupied):
        put_occupied(floor, word, 0)
    floor.now_s = floor.marked_s = 0.0
    _comes_next(floor, NOBODY)
    floor.slot = floor.here = floor.pending = floor.at_once = 0
    floor.begins_first = floor.begins_last = floor.looks_first = floor.looks_last = NOBODY
    if floor.slots_per_s == 0.0:
        floor.slots_per_s = 1.0
        floor.mask = _FEWEST_BUCKETS - 1
    floor.until_look = floor.longest_until_look = _FIRST_LOOK
