"""Pictures: Altair in, accessible SVG out, wide and narrow. Nothing runs in the browser."""

from tripleaim.web.charts.picture import Picture
from tripleaim.web.charts.plan import gap_by_year, position_by_side, savings_by_year

__all__ = ["Picture", "gap_by_year", "position_by_side", "savings_by_year"]
