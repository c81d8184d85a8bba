"""The engine that is fast: one loop over events, compiled with numba.

`program` makes tables of a plan, `reel` of a tape, and `workplace` runs days on them; `layout` and
`floor_record` tell what stands in memory, `codes` what numbers in it mean. `loop` is what numba
compiles, and all that has to do with it; `machine` puts its machine code to work, and `keeping`
keeps it from one process to the next.

What is to happen, and why in this order, is told by `flexports.engine.simpy_engine`, function by
function of the same name; docs/engines.md shows how the two compare.
"""
