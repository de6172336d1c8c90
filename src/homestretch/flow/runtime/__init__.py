"""What all writing stands on: settings, clock, locks, leases, processes, secrets and notifications."""
