"""Imports a service while the database is still starting, then runs it with its settings.

Started by the supervisor as `python -m deploy.embedded.service_launcher services.matcher`; one
line of JSON on standard input, the environment to add, lets it go. Secrets thus never show in
the process's command line or first environment.
"""

import gc
import importlib
import importlib.util
import json
import os
import runpy
import sys


def main() -> None:
    """Import, wait for the settings, run."""
    package = sys.argv[1]
    _import(package)
    line = sys.stdin.readline()
    if not line:
        sys.exit("the supervisor has gone before it said how to run")
    os.environ.update(json.loads(line))
    sys.argv = sys.argv[1:]
    runpy.run_module(package, run_name="__main__", alter_sys=True)


def _import(package: str) -> None:
    """Without garbage collection: a tenth faster, and modules are never garbage afterwards."""
    gc.disable()
    importlib.import_module(f"{package}.main")
    if importlib.util.find_spec(f"{package}.preload"):
        importlib.import_module(f"{package}.preload")
    gc.freeze()
    gc.enable()


if __name__ == "__main__":
    main()
