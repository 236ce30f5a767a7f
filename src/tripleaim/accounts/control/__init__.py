"""The rules of the game: control totals, the conditional fund, quality payments, recovery."""
