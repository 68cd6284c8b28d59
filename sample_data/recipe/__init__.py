"""How the sample requisitions are made. Nothing here is read by the product."""
