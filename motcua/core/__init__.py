"""Ground of the house: refusal, validity in time, permanent records, Vietnamese text, base page."""
