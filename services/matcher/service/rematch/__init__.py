"""Use cases of rematch jobs: started and read anywhere, computed by workers, ended once."""
