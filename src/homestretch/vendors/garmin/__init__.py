"""What Garmin says of days and nights: in the answers of Connect, in the export of an account, in copies of both."""
