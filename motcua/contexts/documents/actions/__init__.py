"""What changes in documents; and verifying, which reads across the register and the store."""
