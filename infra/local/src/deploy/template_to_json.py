"""Prints a SAM template as JSON, its short intrinsics (!Sub) written out; run in the environment of cloud.txt."""

import json
import sys

from samtranslator.yaml_helper import yaml_parse

with open(sys.argv[1], encoding="utf-8") as template:
    # A version such as 2010-09-09 is a date to YAML.
    json.dump(yaml_parse(template.read()), sys.stdout, default=str)
