"""`python -m services.profiles`."""

from services.profiles.main import main

if __name__ == "__main__":
    main()
