/* The floor of `dialing-floor.toml`, for comparison: no records, no rule that it does not need.
 *
 * Agents are alike, so it counts them and does not tell them apart. A caller is the one event he has
 * on the wheel: the end of his patience, then of his call.
 */
#include "wheel.h"

#define AGENTS 50
#define CLOSING_S 28800.0
#define BUCKET_S 0.2
#define RING 4096 /* callers who wait, by turns; a power of two */

enum { DIALED, AGENT_FREE, MESSAGE_OVER, ARRIVAL, GIVES_UP, CALL_OVER };
enum { DIALS, MESSAGES, BY_HAND, INBOUND, BLOCKED, ABANDONED, HOLD_S, COUNTS };

typedef struct {
    Random random;
    Wheel wheel;
    double now_s;
    long ports, busy;
    double *seen;
    int32_t ring[RING];            /* the callers who wait; NOBODY where one gave up */
    uint32_t turn[MOST_EVENTS];    /* a caller's place in it */
    double arrived_s[MOST_EVENTS]; /* when he came */
    uint32_t first, last;
} Floor;

static inline void in(Floor *floor, double mean_s, int kind) {
    add(&floor->wheel, floor->now_s + exponential(&floor->random, mean_s), kind);
}

static inline void again(Floor *floor, int32_t event, double mean_s, int kind) {
    put(&floor->wheel, event, floor->now_s + exponential(&floor->random, mean_s), kind);
}

static inline void dial(Floor *floor, int32_t event) {
    floor->seen[DIALS]++;
    again(floor, event, 30.0, DIALED);
}

static void answer(Floor *floor, int32_t caller) {
    floor->seen[HOLD_S] += floor->now_s - floor->arrived_s[caller];
    take_off(&floor->wheel, caller);
    again(floor, caller, 240.0, CALL_OVER);
}

/* An agent answers who waits, else dials; `event` is his to use. */
static inline void on_with(Floor *floor, int32_t event) {
    while (floor->first != floor->last) {
        int32_t caller = floor->ring[floor->first++ & (RING - 1)];
        if (caller == NOBODY) continue;
        answer(floor, caller);
        forget(&floor->wheel, event);
        return;
    }
    if (floor->now_s < CLOSING_S)
        dial(floor, event);
    else
        forget(&floor->wheel, event);
}

static inline void dialed(Floor *floor, int32_t event) {
    if (uniform(&floor->random) >= 0.4) {
        again(floor, event, 20.0, AGENT_FREE);
        return;
    }
    floor->seen[MESSAGES]++;
    if (floor->busy < floor->ports) {
        floor->busy++;
        in(floor, 40.0, MESSAGE_OVER);
        on_with(floor, event);
    } else {
        floor->seen[BY_HAND]++;
        again(floor, event, 40.0, AGENT_FREE);
    }
}

static void wait(Floor *floor) {
    double until_s = floor->now_s + exponential(&floor->random, 120.0);
    int32_t caller = add(&floor->wheel, until_s, GIVES_UP);
    floor->busy++;
    floor->arrived_s[caller] = floor->now_s;
    floor->turn[caller] = floor->last;
    floor->ring[floor->last++ & (RING - 1)] = caller;
}

static void arrival(Floor *floor, int32_t event) {
    if (floor->now_s >= CLOSING_S) return;
    again(floor, event, 18.0, ARRIVAL);
    floor->seen[INBOUND]++;
    if (floor->busy < floor->ports)
        wait(floor);
    else
        floor->seen[BLOCKED]++;
}

static void gives_up(Floor *floor, int32_t caller) {
    floor->seen[ABANDONED]++;
    floor->seen[HOLD_S] += floor->now_s - floor->arrived_s[caller];
    floor->ring[floor->turn[caller] & (RING - 1)] = NOBODY;
    floor->busy--;
    forget(&floor->wheel, caller);
}

static inline void happen(Floor *floor, int32_t event) {
    switch (floor->wheel.events[event].kind) {
    case DIALED:
        dialed(floor, event);
        break;
    case AGENT_FREE:
        on_with(floor, event);
        break;
    case MESSAGE_OVER:
        floor->busy--;
        forget(&floor->wheel, event);
        break;
    case ARRIVAL:
        arrival(floor, event);
        break;
    case GIVES_UP:
        gives_up(floor, event);
        break;
    case CALL_OVER:
        floor->busy--;
        on_with(floor, event);
        break;
    }
}

static void open_floor(Floor *floor) {
    empty(&floor->wheel, BUCKET_S);
    floor->now_s = 0.0;
    floor->busy = 0;
    floor->first = floor->last = 0;
    for (int agent = 0; agent < AGENTS; agent++) {
        floor->seen[DIALS]++;
        in(floor, 30.0, DIALED);
    }
    in(floor, 18.0, ARRIVAL);
}

/* Run days and add what was counted to `seen`. */
void w3(uint64_t seed, long days, long ports, double seen[COUNTS]) {
    static Floor floor;
    build_ziggurat();
    floor.random = seeded(seed);
    floor.ports = ports;
    floor.seen = seen;
    for (long day = 0; day < days; day++) {
        open_floor(&floor);
        while (floor.wheel.pending) {
            int32_t event = next_of(&floor.wheel);
            floor.now_s = floor.wheel.events[event].time_s;
            happen(&floor, event);
        }
    }
}
