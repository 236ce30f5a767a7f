"""Papers: the plan to take along, as a board pack of slides and as a paper in Word and in PDF.

`material` gathers what they are made from, as the pages have it; `exhibits`, `paper` and `pack`
make a document of it (`parts`); `writers/` put a document into a file.
"""
