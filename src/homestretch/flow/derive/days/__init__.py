"""What originals and the athlete say of days, made into days."""
