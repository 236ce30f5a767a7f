"""Writers: a document's parts into a file of one format, the same bytes for the same document."""
