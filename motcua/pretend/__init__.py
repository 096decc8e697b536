"""Neighbours played by real little servers, for training and for tests; `./run pretend NAME` starts one."""
