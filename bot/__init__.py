"""Right Things: answers on leadership and management, from articles, with their sources."""

import os

# numpy's linear algebra would wait in a busy loop for its other threads: where the processor is shared with
# answers, one thread is many times faster. What can run side by side here does so by threads of its own.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
