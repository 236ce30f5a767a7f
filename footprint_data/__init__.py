"""Make the tidy official tables that come with the product from a folder of source files."""
