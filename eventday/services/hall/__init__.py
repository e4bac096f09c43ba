"""The hall's screen. Everybody in the room reads it: no phones, no e-mails, and names only where the organiser lets
them be shown. `scenes` is what it shows, `rounds` who goes where, `remote` what an organiser sets from a phone.
"""
