"""Serving-quality scores by Decision 766/QĐ-TTg and Circular 01/2018: formula, weight and threshold as dated data, and why points are lost."""
