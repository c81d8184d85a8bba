"""The engine that one reads: calls are SimPy processes, ports and agents what they contend for.

`day` has the processes of a day, `primitives` what each step of a flow does, `clock` the rule of
what comes first at one instant, `ports` and `agents` who gets what, `floor_at_work` all of these.
"""
