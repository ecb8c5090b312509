"""Files of calls, read row by row; pure."""
