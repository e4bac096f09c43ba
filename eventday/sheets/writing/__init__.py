"""Files that leave the house: workbooks, csv, calendars. Dataclasses in, bytes out.

Headers are in both languages, because a file travels further than the person who made it.
"""
