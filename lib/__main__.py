"""`python -m lib`: what can be asked of the data without a browser?"""

import sys

from lib.cli.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
