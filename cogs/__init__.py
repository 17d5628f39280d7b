"""What people do on Discord: parse, call, render, nothing else."""
