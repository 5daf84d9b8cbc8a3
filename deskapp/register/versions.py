"""The versions of the file, by the names of the steps that lead to each; what an ordinary start needs to know of them."""

from __future__ import annotations

FIRST = "0001_journal_letters_units_projection"
CALENDARS = "0002_calendars"
REGISTER = "0003_index_matters_seals_years_backups"
RECORDS = "0004_records"
CHANNEL_KEYS = "0005_channel_keys"
VERSIONS = (FIRST, CALENDARS, REGISTER, RECORDS, CHANNEL_KEYS)
SET = "deskapp"  # the name of our steps among those of other programs
APPLIED = "SELECT name FROM _sqlite_migrations WHERE migration_set = ?"  # the table is the library's
