"""`python -m search_web` is the command yuanhua."""

from search_web.cli import main

if __name__ == "__main__":
    main()
