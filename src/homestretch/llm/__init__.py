"""Language models: one request to an endpoint that speaks OpenAI's protocol, and its reply or failure as a value."""
