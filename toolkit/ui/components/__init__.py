"""Parts of pages: each takes values and returns values. See `toolkit.ui` for the conventions."""
