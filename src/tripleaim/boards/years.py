"""The years of a place that is made today: the last one allocated, and the five to plan."""

BASE_YEAR = "2025/26"
YEARS = ("2026/27", "2027/28", "2028/29", "2029/30", "2030/31")
