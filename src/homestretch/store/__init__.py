"""The database: tables, streams, migrations and a query file per noun."""
