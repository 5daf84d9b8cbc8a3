"""Run every benchmark."""

from benchmarks import deadlines, press, register

if __name__ == "__main__":
    deadlines.main()
    press.main()
    register.main()
