"""The benchmark: fills a province with made-up dossiers and drives the running server, beside floors of the same run."""
