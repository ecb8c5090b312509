"""The matcher's resident memory, beside the vectors' bytes and a process with the model alone."""

import subprocess
import sys
from dataclasses import asdict, dataclass

from benchmarks.running_platform import RunningPlatform

REACH = 1.5
_MODEL_ALONE = """
import psutil
from services.matcher.embedding.environment import prepare_environment
prepare_environment()
from services.matcher.embedding.sentence_transformer import load_embedder
from shared.contracts.organisation import Side
load_embedder().encode(["volume rendering of clouds"] * 32, Side.CAPABILITY)
print(psutil.Process().memory_info().rss)
"""


@dataclass(frozen=True)
class Memory:
    """Megabytes (2^20 bytes)."""

    matcher: float
    parts: dict[str, float]
    vectors: float
    """Of one vector a statement."""
    model: float
    """A process that has loaded the model and encoded a batch, libraries and all."""

    @property
    def ratio(self) -> float:
        """Of the matcher to vectors and model."""
        return self.matcher / (self.vectors + self.model)

    def as_dict(self) -> dict[str, object]:
        """For the JSON file."""
        return {**asdict(self), "ratio": self.ratio}


def memory(platform: RunningPlatform, statements: int, dimension: int) -> Memory:
    """After everything else, with its caches as they are then."""
    parts = platform.resident_megabytes()
    alone = subprocess.run(
        [sys.executable, "-c", _MODEL_ALONE], capture_output=True, text=True, check=True
    )
    model = int(alone.stdout.split()[-1]) / 2**20
    return Memory(parts["matcher"], parts, statements * dimension * 4 / 2**20, model)
