"""Checks SPDX documents with the SPDX project's own tools, which know the meaning of fields too.

    .cache/py/bin/python scripts/validate_spdx.py FILE...

Prints what is wrong, and exits 1 when something is.
"""

import sys

from spdx_tools.spdx.parser.error import SPDXParsingError
from spdx_tools.spdx.parser.parse_anything import parse_file
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document


def problems_of(path: str) -> list[str]:
    try:
        document = parse_file(path)
    except SPDXParsingError as error:
        return error.get_messages()
    return [
        message.validation_message
        for message in validate_full_spdx_document(document, spdx_version="SPDX-2.3")
    ]


def main(paths: list[str]) -> int:
    found = [f"{path}: {problem}" for path in paths for problem in problems_of(path)]
    print("\n".join(found), end="")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
