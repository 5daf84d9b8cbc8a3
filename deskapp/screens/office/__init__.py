"""The screens of the office: tables, calendars, unit, machine, doctor, hand-over."""
