"""Run every benchmark."""

from benchmarks import catalogue, county, deadlines, desk, ledgers, locked, press, register

if __name__ == "__main__":
    deadlines.main()
    press.main()
    desk.main()
    catalogue.main()
    ledgers.main()
    locked.main()
    register.main()
    county.main()
