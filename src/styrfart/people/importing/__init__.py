"""An organisation from a workbook: read (files to rows), check (rows to a register), plan, apply.

`reading` and `checking` never raise for what a file holds; they say what is wrong, where, and what to do.
`planning` is pure: the same register on the same organisation gives the same plan, and an applied plan
leaves nothing to plan. Only `snapshot` reads the database and only `applying` writes to it.
"""
