"""Files become a validated `Cohort`, or a message that helps.

The road, in the order in which values are made::

    bytes → RawTable      read_file.py: read_csv, read_xlsx, read_json, read_parquet, archives
          → ColumnMapping recognise.py: kinds, column_guess; mapping.py for corrections
          → TypedTable    typed_table.py: codes, repeated rows, typed columns, scales
          → Cohort        assemble.py: roster, merge, long_signals

`toolkit.intake.read` walks it. Secrets leave at the first step, group columns are split off at
the third, and everything that was set aside, repaired or noticed is an `Issue`.
"""
