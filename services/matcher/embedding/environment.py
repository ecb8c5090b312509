"""What must be set before torch is imported."""

import os


def prepare_environment() -> None:
    """Call first thing in `main`, before anything imports torch.

    With OpenMP's default of spinning between calls, another busy process on the machine takes
    a query from 15 ms to over a second. What the operator has set is kept.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
