"""What `./run NAME` does: one module per command, each with one function `run(arguments) -> exit status`."""
