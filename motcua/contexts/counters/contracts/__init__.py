"""What counters hands out, by subject: the queue and what else stands at a desk."""
