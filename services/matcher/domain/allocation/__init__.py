"""Sharing suggestions out. Pure: numpy and the standard library.

Lists of the best k send everyone to the same few. Here the places of all lists are given out
together, over a sparse graph of candidates (`graph`), so that the expected mutual value is as large
as it can be while nobody stands in more lists than it can answer (`bounds`): a capacitated
b-matching in its bipartite form, whose linear relaxation is integral (Ahuja, Magnanti and Orlin
1993, chapters 9 and 12). `allocate` is the one entrance; strategies that need a solver come from
`services.matcher.solving`. `exposure` and `report` say what came of it, `shortage` why a bound
cannot be met and how little would do.
"""
