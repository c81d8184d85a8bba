"""``python -m flexports``: the command line."""

import sys

from flexports.cli import main

if __name__ == "__main__":
    sys.exit(main())
