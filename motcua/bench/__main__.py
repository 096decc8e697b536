"""The parts of `./run bench`, each in a process of its own: prepare the model, fill a copy, drive the server."""

import argparse
import sys
from pathlib import Path

import django


def main(words: list[str]) -> int:
    """Run one part on the database the environment names."""
    parser = argparse.ArgumentParser(prog="motcua.bench")
    parser.add_argument("part", choices=("prepare", "fill", "drive", "numbers", "night", "acts"))
    parser.add_argument("--dossiers", type=int, required=True)
    parser.add_argument("--port", type=int, default=8790)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--only", default="")
    parser.add_argument("--json", type=Path, default=None)
    parser.add_argument("--beside", type=Path, default=None)
    parser.add_argument("--again", action="store_true")
    options = parser.parse_args(words)
    django.setup()
    if options.part == "prepare":
        from motcua.bench.model import prepare_model

        prepare_model()
        return 0
    if options.part == "fill":
        from motcua.bench.model import fill_named

        fill_named(options.dossiers)
        return 0
    if options.part == "numbers":
        from motcua.bench.numbers import measure

        return measure(options.dossiers, is_again=options.again, into=options.json, beside=options.beside)
    if options.part == "night":
        from motcua.bench.overnight import measure_night

        return measure_night(options.dossiers, options.port)
    if options.part == "acts":
        from motcua.bench.acts import measure_acts

        return measure_acts(options.dossiers, options.port)
    from motcua.bench.drive import drive

    return drive(options.dossiers, options.port, options.seconds, options.only, options.json)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
