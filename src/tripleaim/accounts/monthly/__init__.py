"""Open book: monthly returns, their checks, forecast outturn, savings schemes."""
