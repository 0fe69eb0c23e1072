"""What the program promises of its speed, measured beside its rivals: `python -m benchmarks` (see README.md)."""
