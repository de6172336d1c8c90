"""Who sees an athlete: members, invitations, and athletes that are added and removed."""
