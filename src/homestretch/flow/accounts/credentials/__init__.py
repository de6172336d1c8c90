"""What opens an account besides its password: passkeys, and links that set a new password."""
