"""Run every benchmark."""

from benchmarks import deadlines, press

if __name__ == "__main__":
    deadlines.main()
    press.main()
