"""Post: consignments, their tracking, and who holds which original."""
