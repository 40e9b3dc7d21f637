"""All findings together: the reference evaluator, durable-rules beside it, and the explanation."""
