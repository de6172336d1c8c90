"""HTTP with a budget: quotas, retries, back-off and OAuth."""
