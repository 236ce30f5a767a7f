"""Who gains and who loses from a solution under a payment method."""
