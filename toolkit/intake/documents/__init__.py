"""Portfolio documents: PDF, DOCX, Markdown, text, HTML, JSON Resume, lists of links → text.

One file a format, all to the same `Document`: text in sections whose places are kept, links,
how many pictures there were, what could not be taken over. Nothing is fetched, no script or
macro runs, and formats that can be made to take for ever are read in a process of their own
that is ended when its time is up.
"""
