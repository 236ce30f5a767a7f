"""What every page is made with: its frame, components, tables, words and the grammar of charts."""
