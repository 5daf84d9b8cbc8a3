"""Run every benchmark."""

from benchmarks import deadlines, ledgers, press, register

if __name__ == "__main__":
    deadlines.main()
    press.main()
    ledgers.main()
    register.main()
