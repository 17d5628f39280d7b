"""How good and how fast the matcher is, beside what others would use: ``python -m benchmarks``."""
