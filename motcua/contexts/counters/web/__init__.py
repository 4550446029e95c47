"""Pages of a hall: kiosk, tickets on phones, board, windows."""
