"""What changes in documents: keeping, issuing, revoking, sweeping; and verifying, which only reads."""
