"""The floors of the benchmarks as users of other tools write them.

Each holds nothing that its one floor does not need: no records, no tape, no rule for equal times.
Each draws as it goes, so that counts agree with those of flexports within chance.
"""
