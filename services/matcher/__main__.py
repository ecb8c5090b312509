"""Run the service: `python -m services.matcher`; `worker` takes rematch partitions alone."""

import sys

from services.matcher.embedding.environment import prepare_environment


def main() -> None:
    """Settings from the environment; serves until a signal."""
    prepare_environment()
    if sys.argv[1:] == ["worker"]:
        from services.matcher.worker import main as work

        work()
        return
    from services.matcher.main import create_app
    from services.matcher.settings import MatcherSettings
    from shared.runtime import serve

    settings = MatcherSettings()
    serve(create_app(settings), settings, "matcher", keeps_much=True)


if __name__ == "__main__":
    main()
