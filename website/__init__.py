"""The documents as a site: docs/, the glossary, the changelog and the notebooks, searched."""
