"""What `intern check` found as JUnit XML, for whatever collects the results of tests."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from pathlib import Path

from agents.gate.finding import Finding
from scenarios.errors import printable


def write(path: Path, checked: Iterable[tuple[str, Mapping[str, list[Finding]]]]) -> None:
    """Write scenarios, each with the findings of its items by name: a suite each."""
    top = ET.Element("testsuites", name="intern check")
    for scenario, items in checked:
        failed = sum(any(one.fails for one in found) for found in items.values())
        suite = ET.SubElement(
            top, "testsuite", name=scenario, tests=str(len(items)), failures=str(failed),
            errors="0", skipped="0",
        )  # fmt: skip
        for name, found in items.items():
            case = ET.SubElement(suite, "testcase", classname=scenario, name=printable(name))
            fails = [one.in_words() for one in found if one.fails]
            notes = [one.in_words() for one in found if not one.fails]
            if fails:
                element = ET.SubElement(case, "failure", message=printable(fails[0]))
                element.text = printable("\n".join(fails))
            if notes:
                ET.SubElement(case, "system-out").text = printable("\n".join(notes))
    path.write_bytes(ET.tostring(top, encoding="utf-8", xml_declaration=True) + b"\n")
