"""`intern ask`: interview a stakeholder, one question at a time."""

from __future__ import annotations

import click

from scenarios.errors import InputError, did_you_mean, quoted
from scenarios.scenario import Scenario, Stakeholder
from tui.exits import Exit


@click.command("ask", help="Ask a stakeholder of SCENARIO a QUESTION in your own words. They have "
               "a limited number of answers in them; what was said is kept.")  # fmt: skip
@click.argument("scenario")
@click.argument("question", required=False)
@click.option("--whom", metavar="ID", help="Whom to ask, where there are several.")
@click.option("--start-over", is_flag=True, help="Forget the interview so far.")
def command(scenario: str, question: str | None, whom: str | None, start_over: bool) -> int:
    asked = question if question and question.strip() else None
    if asked is None and not start_over:
        raise InputError("there is no question", mend='write it in quotes: "How do you ...?"')

    from simulator.interview import answer, answers_left
    from simulator.storage.store import Store
    from tui.opening import open_scenario
    from tui.printing import out, plural, prose

    found = open_scenario(scenario)
    person = _person(found, whom)
    store = Store()
    if start_over:
        store.start_over(found.id, person.id)
        out(f"{person.name} remembers nothing of it.")
    if asked is None:
        return Exit.DONE
    before = store.turns(found.id, person.id)
    turn = answer(person, asked, before)
    store.add_turn(found.id, person.id, turn)
    if not before:
        out(prose(f"{person.name}, {person.role}: {person.greeting}"))
        out()
    out(prose(f"You: {asked}"))
    out()
    out(prose(f"{person.name}: {turn.reply}"))
    left = answers_left(person, [*before, turn])
    out()
    missed = "" if turn.understood else "not understood, or not known; "
    free = "" if turn.costs else f"{missed}it cost nothing; "
    if left:
        out(f"({free}{plural(left, 'answer')} left)")
    else:
        out("(no answers left; --start-over begins a new interview)")
    return Exit.DONE


def _person(scenario: Scenario, whom: str | None) -> Stakeholder:
    people = {one.id: one for one in scenario.stakeholders}
    if not people:
        raise InputError(f"there is nobody to ask in {quoted(scenario.id)}")
    if whom is None:
        if len(people) > 1:
            raise InputError("there are several people to ask", field="--whom",
                             mend=f"choose one: {', '.join(people)}")  # fmt: skip
        return next(iter(people.values()))
    if whom not in people:
        mend = did_you_mean(whom, people, noun="there are")
        raise InputError(f"there is nobody called {quoted(whom)}", field="--whom", mend=mend)
    return people[whom]
