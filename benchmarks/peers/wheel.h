/* What a kernel in C needs: random numbers, exponential times, and a bucket wheel of events. */
#ifndef WHEEL_H
#define WHEEL_H

#include <math.h>
#include <stdint.h>

/* ---- Random numbers: xoshiro256++ (Blackman and Vigna 2021), seeded by splitmix64. */

typedef struct {
    uint64_t word[4];
} Random;

static inline uint64_t rotated(uint64_t word, int by) {
    return (word << by) | (word >> (64 - by));
}

static inline uint64_t drawn(Random *random) {
    uint64_t *s = random->word;
    uint64_t result = rotated(s[0] + s[3], 23) + s[0], shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotated(s[3], 45);
    return result;
}

static Random seeded(uint64_t seed) {
    Random random;
    for (int at = 0; at < 4; at++) {
        uint64_t z = seed += 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        random.word[at] = z ^ (z >> 31);
    }
    return random;
}

/* From 0 to 1, without the 1. */
static inline double uniform(Random *random) { return (double)(drawn(random) >> 11) * 0x1p-53; }

/* ---- Exponential times: a ziggurat of 256 layers of equal area (Marsaglia and Tsang 2000). */

#define LAYERS 256
#define TAIL 7.69711747013104972
#define AREA 0.0039496598225815571993

typedef struct {
    double width[LAYERS];   /* of a layer, for each step of 2**-53 */
    uint64_t inside[LAYERS]; /* steps below this are under the curve whatever the height */
    double height[LAYERS];  /* of the curve at a layer's outer edge */
} Ziggurat;

static Ziggurat ziggurat;

static void build_ziggurat(void) {
    double edge[LAYERS + 1];
    edge[0] = AREA / exp(-TAIL); /* as wide as a box of the base layer's area would be */
    edge[1] = TAIL;
    for (int layer = 2; layer < LAYERS; layer++)
        edge[layer] = -log(exp(-edge[layer - 1]) + AREA / edge[layer - 1]);
    edge[LAYERS] = 0.0;
    for (int layer = 0; layer < LAYERS; layer++) {
        ziggurat.width[layer] = edge[layer] * 0x1p-53;
        ziggurat.inside[layer] = (uint64_t)(edge[layer + 1] / edge[layer] * 0x1p53);
        ziggurat.height[layer] = exp(-edge[layer]);
    }
}

static double in_the_corner(Random *random, int layer, double x) {
    for (;;) {
        if (layer == 0) return TAIL - log(1.0 - uniform(random));
        double low = ziggurat.height[layer];
        double high = layer + 1 < LAYERS ? ziggurat.height[layer + 1] : 1.0;
        if (low + uniform(random) * (high - low) < exp(-x)) return x;
        uint64_t word = drawn(random), step = word >> 11;
        layer = (int)(word & (LAYERS - 1));
        x = (double)step * ziggurat.width[layer];
        if (step < ziggurat.inside[layer]) return x;
    }
}

static inline double exponential(Random *random, double mean) {
    uint64_t word = drawn(random), step = word >> 11;
    int layer = (int)(word & (LAYERS - 1));
    double x = (double)step * ziggurat.width[layer];
    if (__builtin_expect(step < ziggurat.inside[layer], 1)) return mean * x;
    return mean * in_the_corner(random, layer, x);
}

/* ---- The event list: buckets of equal width, round and round, each a list in order of time. */

#define BUCKETS 2048
#define MOST_EVENTS 4096
#define NOBODY (-1)

typedef struct {
    double time_s;
    int32_t next;
    int32_t kind;
} Event;

typedef struct {
    double per_s; /* buckets a second */
    int64_t now;  /* the bucket that is being emptied, counted from the beginning */
    int32_t free; /* events not in use */
    int32_t pending;
    int32_t first[BUCKETS];
    Event events[MOST_EVENTS];
} Wheel;

static void empty(Wheel *wheel, double width_s) {
    wheel->per_s = 1.0 / width_s;
    wheel->now = 0;
    wheel->pending = 0;
    wheel->free = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) wheel->first[bucket] = NOBODY;
    for (int event = 0; event < MOST_EVENTS; event++) wheel->events[event].next = event + 1;
    wheel->events[MOST_EVENTS - 1].next = NOBODY;
}

static inline int64_t bucket_of(const Wheel *wheel, double time_s) {
    return (int64_t)(time_s * wheel->per_s);
}

/* Put an event that is not on the wheel there. */
static inline void put(Wheel *wheel, int32_t event, double time_s, int kind) {
    Event *events = wheel->events;
    int32_t *link = &wheel->first[bucket_of(wheel, time_s) & (BUCKETS - 1)];
    while (*link != NOBODY && events[*link].time_s <= time_s) link = &events[*link].next;
    events[event].time_s = time_s;
    events[event].kind = kind;
    events[event].next = *link;
    *link = event;
    wheel->pending++;
}

static inline int32_t add(Wheel *wheel, double time_s, int kind) {
    int32_t event = wheel->free;
    wheel->free = wheel->events[event].next;
    put(wheel, event, time_s, kind);
    return event;
}

/* Take the next event off the wheel; there is one. */
static inline int32_t next_of(Wheel *wheel) {
    for (;; wheel->now++) {
        int32_t *first = &wheel->first[wheel->now & (BUCKETS - 1)], event = *first;
        if (event == NOBODY || bucket_of(wheel, wheel->events[event].time_s) > wheel->now) continue;
        *first = wheel->events[event].next;
        wheel->pending--;
        return event;
    }
}

/* Take an event off before its time. */
static inline void take_off(Wheel *wheel, int32_t event) {
    Event *events = wheel->events;
    int32_t *link = &wheel->first[bucket_of(wheel, events[event].time_s) & (BUCKETS - 1)];
    while (*link != event) link = &events[*link].next;
    *link = events[event].next;
    wheel->pending--;
}

/* Leave an event that is not on the wheel to others. */
static inline void forget(Wheel *wheel, int32_t event) {
    wheel->events[event].next = wheel->free;
    wheel->free = event;
}

#endif
