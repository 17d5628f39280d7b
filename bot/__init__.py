"""Right Things: answers from articles, with their sources."""

import os

# OpenBLAS threads spin while waiting, so one thread is faster on a busy machine.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
