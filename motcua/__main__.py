"""`python -m motcua` is the same as `motcua`."""

import sys

from motcua.config.cli import main

sys.exit(main())
