"""How the site is put together: settings, addresses, and what every answer carries."""
