"""Where kernels run: in memory, over Parquet, or on a Spark cluster.

A *kernel* takes a batch of rows (an Arrow record batch) and returns a value that adds up:
``kernel(a and b) == kernel(a) + kernel(b)``, whatever the rows' order and however they are cut
into batches. An *engine* maps a kernel over all batches and adds what comes back. It knows
nothing of screens and computes nothing of its own, so that every engine gives the same result
to the last bit.
"""
