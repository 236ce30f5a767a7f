"""Every organisation's book, to the penny: the ledger, who pays whom, positions, consolidation."""
