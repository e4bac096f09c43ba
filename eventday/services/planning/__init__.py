"""Plans: what the optimiser is asked, what it answers, drafts on the board, versions that people see.

`instance` turns an event into the optimiser's question; `drafts` keeps its answers; `board` changes a draft by hand;
`publishing` makes a draft a frozen version; `reading` says of any plan what people want to know; `scenarios` ask
what if; `disruptions` and `repairs` are the loop of the day; `standby` fills freed seats.
"""
