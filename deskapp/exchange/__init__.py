"""Files in and out: ledgers, report files."""
