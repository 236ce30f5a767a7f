"""A whole country in shards, on one small machine or many."""
