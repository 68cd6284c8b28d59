"""``python -m toolkit`` is the same as the console script ``cloutproof``."""

from toolkit.cli import main

if __name__ == "__main__":
    main()
