"""Printing: a `Report` in any medium: PDF, XLSX, CSV, JSON, text.

A renderer is a function that takes a report, a language and a place to write to. It reads the rows once, in
order, and holds only as many as it needs, so that a register of any length streams. What a value looks like
follows from the kind of its column. Nothing here knows accounting: no register, ledger, book or database is
imported. ReportLab is imported in `printing.paper` alone.
"""
