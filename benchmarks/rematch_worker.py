"""A worker of the scaling benchmark: loads, says that it is ready, works, says that it is done.

Its parent sets the number of threads to one, before anything is imported.
"""

import sys

import torch

from benchmarks.rematch_exact import GROUPS, LIMIT, PARTS, PRODUCTS
from benchmarks.rematch_vectors import generated
from services.matcher.domain.exact.search import everyones_best, prepared_groups


def main(organisations: int, statements: int, workers: int, number: int) -> None:
    """Every `workers`-th part of the pairs, from part `number` on."""
    torch.set_num_threads(1)
    statements_of_all = generated(organisations, statements)
    groups = prepared_groups(statements_of_all, PRODUCTS["torch bf16"](), groups=GROUPS)
    print("ready", flush=True)
    sys.stdin.readline()
    for part in range(number, PARTS, workers):
        everyones_best(groups, organisations, LIMIT, part=part, parts=PARTS)
    print("done", flush=True)


if __name__ == "__main__":
    main(*(int(one) for one in sys.argv[1:5]))
