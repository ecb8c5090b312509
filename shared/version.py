"""The version of the whole distribution."""

from importlib.metadata import PackageNotFoundError, version


def platform_version() -> str:
    """The installed version of this distribution."""
    try:
        return version("hezuo")
    except PackageNotFoundError:
        return "0+unknown"
