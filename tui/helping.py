"""What help says of each screen, in plain words, and what the product's words mean."""

from __future__ import annotations

HELP: dict[str, str] = {
    "home": """\
The map. The first line says what to do next; Enter does it. Below are the jobs, by track and
level, with what each teaches and your best result so far. Arrow keys choose, Enter opens.

Your plans, interviews and results are kept on this machine as you go. You can leave at any
time.""",
    "brief": """\
The boss's message, the papers of the filing cabinet, some records to look at, and your
colleagues. Not everything here matters, and not everything that matters is here: the rest is in
the heads of the people whom you can ask.

Choose on the left, read on the right. / looks for a word in everything; n goes to the next
place.""",
    "interview": """\
A person who knows how the work is really done. They have a limited number of answers in them;
the marks show how many are left.

Open questions get more than yes-or-no questions. Ask what went wrong last time. Ask for an
example. Show that you see what their day is like. A question that suggests its answer gets a
nod and uses one up. A question that they do not understand costs nothing.

Enter asks. Enter on an empty line goes on to the plan.""",
    "board": """\
Your plan: the steps, who does each, what it reads, what comes out of it. The drawing shows what
waits for what. The estimates of money and time change as you change the plan.

A step is good when you can explain it in a few sentences and see from its result whether it was
done right. What has rules of its own deserves a step of its own.""",
    "backbrief": """\
Each intern says, sentence by sentence, what they took from your instructions, and how sure they
are. It shows what is misread. It cannot show what you never wrote: an intern who was not told a
rule does not miss it.

Mend a sentence and look again; it costs nothing.""",
    "predict": """\
Say in advance how often the plan will do the whole job right, and what you fear will go wrong.
Nobody marks you down for it. Comparing it with what happens is how a feeling for these things
is learnt.""",
    "live": """\
One run of the plan. Each colleague has a lane; messages appear as they are written, with
checks, reviews, and work that is done again. The clock and the money run.

Space pauses, + and - change the speed. Enter goes on to many runs. One run proves little: luck
is part of it.""",
    "evaluation": """\
The same plan, many times over, on other records each time. Money lost and wrong records move
first when a plan gets better; reliability, the share of runs good enough to be used, follows.
The interval says how sure the figure is.""",
    "debrief": """\
What went wrong, on which record, in which step, and which of your decisions it goes back to.
The coach says what would help, and has measured it: the same runs again, with that one change.

Advice comes by degrees: first a nudge. Ask for more when you want it. Where to look is free; with
the words themselves the attempt counts for nothing on the map.""",
    "attempts": """\
Every run that you kept: what was changed, and what it did. Change one thing at a time and this
page tells you what it was worth.""",
    "handin": """\
Handing in runs the plan on sealed records that no debrief ever shows, 200 times, always the
same. Medals are for that, within the budget. A plan that learnt the practice records by heart
will not get far; one that has the rules will.""",
    "card": """\
The report card of an attempt: outcome 50, judgement 30 (foresight, interview, inspection), craft
20. What the attempt gave no occasion for is not scored and left out of the weights. Whatever is
done that nobody had approved caps it at 40.

Below is what each of the nine skills rests on, how they went over your attempts, and, once there
are enough, how often what you foretold came true. Left and right leaf through the attempts.""",
    "takeaway": """\
Five habits for your own prompts, and what each did in your own attempts here, where that can be
told.""",
    "step": """\
One step: its title, who does it, what they read, what they are to produce, and your
instructions. You write for somebody who is quick, willing, and does what it says and not what
you meant. Results have names of your own; say what each is.

Everything is saved as you type. Undo goes back.""",
}
"""By the name of a stage or screen; of what is not here the nearest screen's own HELP is
shown."""

WORDS: dict[str, str] = {
    "scenario": "a job, with its people, papers and records",
    "brief": "what the boss wrote about the job",
    "cabinet": "the papers of a scenario; some help and some do not",
    "stakeholder": "somebody who knows how the work is really done; you can ask them",
    "record": "one piece of the work: an invoice, a ticket",
    "deliverable": "what has to be handed over, for each record",
    "plan": "the steps, and who does each with which words",
    "step": "a part of the plan: one colleague, one instruction, some results",
    "colleague": "an intern, Tally (code), a specialist, or you",
    "instructions": "what you write to the colleague who does a step",
    "example": "a solved record that is shown to an intern",
    "check": "a rule that code tests on each result",
    "review": "another colleague looks at the work; blind, they do it again and code compares",
    "vote": "the same work several times; the most frequent result counts",
    "specialist": "somebody trained on solved records, for a fee, to sort as they are sorted",
    "passage": "a piece of a document of a collection, found by its words",
    "redo": "how often work that failed a check or a review is done again",
    "backbrief": "an intern says in their words what they understood",
    "prediction": "what you expect, said before it is run",
    "trial": "one run of a plan on one set of records",
    "slip": "one thing that went wrong once",
    "cause": "why it went wrong, traced to a step and a decision",
    "evaluation": "a plan run many times",
    "reliability": "the share of trials good enough to be used",
    "interval": "where the true figure lies, in 95 of 100 cases",
    "pass^k": "the share of jobs done right k times out of k",
    "loss": "what the wrong results cost",
    "wages": "what the interns cost",
    "attempt": "a plan that was run, and what came of it",
    "debrief": "what failed, and why",
    "coach": "says what would help, and has measured it",
    "skill": "what is learnt: discovery, decomposition, clarity, context, delegation, "
    "verification, economics, foresight, iteration",
    "report card": "what an attempt comes to: outcome 50, judgement 30, craft 20",
    "Brier score": "how far predictions were from what happened, squared; 0 is best",
    "medal": "for reliability on sealed records, within the budget",
    "practice records": "those that evaluations run on; debriefs show them",
    "sealed records": "those that plans are handed in on; nobody sees them",
}


def reflowed(text: str) -> str:
    """`text` with its paragraphs on one line each, for a screen to wrap."""
    return "\n\n".join(" ".join(part.split()) for part in text.strip().split("\n\n"))
