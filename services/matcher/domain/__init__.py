"""Pure matching: arrays and values in, values out; no I/O, nothing mutated."""
