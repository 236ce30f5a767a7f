"""The grammar of charts: Vega-Lite in, accessible SVG out, wide and narrow.

Nothing runs in the browser.
"""

from tripleaim.web.ui.charts.picture import Picture

__all__ = ["Picture"]
