"""Everyone's best partners out of all, by reciprocal MaxSim over all statements, without an index.

The vectors of both sides are multiplied block by block; no full matrix is ever kept. Pure: numpy
and the standard library; a faster product comes from `services.matcher.embedding.block_product`.
"""
