"""Every constant of the making of consortia, and where it comes from."""

SEAT_WORTH = 0.05
"""Share of all weights that a member must add to be worth a seat: with ten requirements of equal
weight, half of one. The product's decision."""

USED_AGAIN = 0.5
"""Factor on what an organisation adds that is a member of an earlier proposal already, so that
proposals differ. The product's decision."""

NEW_MEMBERS = 2
"""By which a proposal differs from each before it, where that can be: one would be a mere swap,
which the alternatives for each seat tell already."""

ALTERNATIVES = 3
"""Told for each seat."""

BEST_EACH = 5
"""Organisations told for each requirement, whatever proposals they are in."""

EXCHANGES = 50
"""Swaps tried at most to make a team better; a handful is usual."""

LARGER_BY = 5
"""Seats beyond the maximum that a relaxation may ask for."""

RELAXATIONS = 3
"""Ways out that are told when nothing fits."""

SMALLEST_GAIN = 1e-9
"""Below it a change is rounding."""
