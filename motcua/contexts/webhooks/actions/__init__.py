"""What changes: addresses that hear, and letters on their way to them."""
