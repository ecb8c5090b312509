"""What the profiles service knows: rights, versions, admission; no I/O."""
