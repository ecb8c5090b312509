"""What the processor can do."""

import torch


def multiplies_bf16() -> bool:
    """Whether it has instructions for it: avx512_bf16, as every x86 with amx_bf16 has.

    Says no on ARM, where nothing has been measured yet.
    """
    # Not public; without it everything is slower, not wrong.
    known = getattr(torch.cpu, "_is_avx512_bf16_supported", None)
    return bool(known and known())
