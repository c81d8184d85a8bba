"""The loop over events: what numba compiles, and nothing else imports.

`day` has the loop itself, `primitives` what each step of a flow does, `wheel` what comes first,
`ports`, `agents`, `seats` and `staff` who gets what, `counting` what is counted, `rows` and
`memory` how a table is reached, `compiling` what makes code of them all.
"""
