"""Run every benchmark."""

from benchmarks import deadlines, desk, ledgers, press, register

if __name__ == "__main__":
    deadlines.main()
    press.main()
    desk.main()
    ledgers.main()
    register.main()
