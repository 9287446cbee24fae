"""Views of the record for the outside: rows of events (JSON Lines, CSV, Parquet, data frames), HTML."""
