"""Pages of documents: the public check of a paper, and the way a file leaves the house."""
