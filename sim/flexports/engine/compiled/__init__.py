"""The engine that is fast: one loop over events, compiled with numba.

`day` has the loop, `primitives` what each step of a flow does, `wheel` what comes first, `ports`,
`agents`, `seats` and `staff` who gets what, `counting` what is counted; `layout` and `floor_record`
tell what stands in memory. `program` makes tables of a plan, `reel` of a tape, and `workplace` runs
days on them; `compiling`, `keeping` and `memory` are all that has to do with numba.

What is to happen, and why in this order, is told by `flexports.engine.simpy_engine`, function by
function of the same name; docs/engines.md shows how the two compare.
"""
