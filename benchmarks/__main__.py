"""Run every benchmark."""

from benchmarks import deadlines

if __name__ == "__main__":
    deadlines.main()
