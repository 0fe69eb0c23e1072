"""The places of the window, one file a page."""
