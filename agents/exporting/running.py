"""The exported program as it is started: records in, results and what is left for you out."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from langchain_openai import ChatOpenAI
from openai import OpenAIError

from agents.exporting.files import collections, read, write
from agents.exporting.program import Team
from agents.exporting.questions import consult
from agents.exporting.state import PLAN


def main() -> None:
    folder = Path(__file__).parent
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else folder / "records.json"
    model = ChatOpenAI(model_name=os.environ.get("MODEL", PLAN["model"]))
    team = Team(model, read(path), collections(folder))
    try:
        work = team.run(consult)
    except OpenAIError as error:
        sys.exit(f"the model could not be asked: {error}")
    fields = list(PLAN["deliverable"])
    waiting = {
        record: (name, why) for name, mine in work.items() for record, why in mine.for_you.items()
    }
    done = {
        record: [work[PLAN["deliverable"][key]].values.get(record, {}).get(key) for key in fields]
        for record in team.records
    }
    results = [[r, *values] for r, values in done.items() if r not in waiting]
    write(Path("results.csv"), ["id", *fields], results)
    yours = [[r, *waiting[r], *done[r]] for r in done if r in waiting]
    write(Path("for-you.csv"), ["id", "step", "why", *fields], yours)
    sys.stdout.write(f"{len(results)} in results.csv, {len(yours)} in for-you.csv\n")


if __name__ == "__main__":
    main()
