"""The study of the post's claims: from run directories to kept CSVs, and from these to the page.

`kept` and `page` need nothing but Python; the analysis of runs needs numpy and scipy.
"""
