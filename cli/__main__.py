"""`python -m cli`, the same as `hezuo`."""

from cli.main import app

app()
