"""One file a page; each `page()` only arranges components, in the order of the screen."""
