"""Imports a service while the database is still starting, then runs it with its settings.

Started by the supervisor as `python -m deploy.embedded.service_launcher services.matcher`; one
line of JSON on standard input, the environment to add, lets it go. Secrets thus never show in
the process's command line or first environment.
"""

import importlib
import json
import os
import sys

from deploy.run_service import run_service


def main() -> None:
    """Import, wait for the settings, run."""
    package = sys.argv[1]
    importlib.import_module(f"{package}.main")
    line = sys.stdin.readline()
    if not line:
        sys.exit("the supervisor has gone before it said how to run")
    os.environ.update(json.loads(line))
    sys.argv = sys.argv[1:]
    run_service(package)


if __name__ == "__main__":
    main()
