"""Pure rules of casework: the table of steps, the clock."""
