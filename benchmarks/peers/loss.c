/* The floor of `loss-floor.toml`, for comparison: calls that take a port or are lost. */
#include "wheel.h"

enum { OFFERED, BLOCKED, COUNTS };
enum { CALL_OVER };

#define BUCKET_S 1.0

/* Those whose time has come leave; a call's event is all that it is. */
static inline void leave_until(Wheel *wheel, double time_s) {
    int64_t last = bucket_of(wheel, time_s);
    for (;; wheel->now++) {
        int32_t *first = &wheel->first[wheel->now & (BUCKETS - 1)];
        while (*first != NOBODY && wheel->events[*first].time_s <= time_s) {
            int32_t event = *first;
            *first = wheel->events[event].next;
            wheel->pending--;
            forget(wheel, event);
        }
        if (wheel->now == last) return;
    }
}

/* Run days that begin empty and add what was counted, of calls after the warm-up, to `seen`. */
void loss(uint64_t seed, long days, long ports, double length_s, double warm_up_s, double gap_s,
          double call_s, double seen[COUNTS]) {
    static Wheel wheel;
    build_ziggurat();
    Random random = seeded(seed);
    for (long day = 0; day < days; day++) {
        empty(&wheel, BUCKET_S);
        double now_s = exponential(&random, gap_s);
        for (; now_s < length_s; now_s += exponential(&random, gap_s)) {
            leave_until(&wheel, now_s);
            int counts = now_s >= warm_up_s;
            seen[OFFERED] += counts;
            if (wheel.pending < ports)
                add(&wheel, now_s + exponential(&random, call_s), CALL_OVER);
            else
                seen[BLOCKED] += counts;
        }
    }
}
