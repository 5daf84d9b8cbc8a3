"""What the office does besides its cases: its particulars, calendars, tables, upkeep, the hand-over."""
