"""The study of the post's claims: from run directories to kept CSVs, and from these to the page.

A claim is a folder of claims/. The page needs nothing but Python; the analysis of runs needs numpy and scipy.
"""
