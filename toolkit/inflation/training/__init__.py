"""Fits the models in ``toolkit/inflation/models`` anew, where the data are present.

``python -m toolkit.inflation.training DATA [OUT]``. The data are not part of the product;
docs/models names where each set comes from and under which terms.
"""
