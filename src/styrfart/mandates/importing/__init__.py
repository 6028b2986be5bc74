"""A scheme of delegation from a spreadsheet: rows to points, what is wrong with them, and the template.

Files are read by `people.importing`. Nothing here touches the database.
"""
