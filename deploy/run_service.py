"""Migrates a service's database, then runs the service: `python -m deploy.run_service matcher`."""

import os
import runpy
import sys
from importlib.resources import files

from shared.migrations import migrate


def run_service(package: str) -> None:
    """Bring the database at HEZUO_DATABASE_URL to the newest version and run `package`."""
    if files(package).joinpath("migrations").is_dir():
        migrate(package, os.environ["HEZUO_DATABASE_URL"])
    runpy.run_module(package, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    run_service(f"services.{sys.argv[1]}")
