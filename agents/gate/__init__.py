"""The author's gate against words that say nothing, and for words that say it differently.

Attacks must not pay and the expert's plan must do as well in every voice, whatever the scenario
(design: behaviour.md, Proof). Trials are run, so this is above the simulator.
"""

from agents.gate.attacks import AttackResult
from agents.gate.bench import Bench
from agents.gate.gate import TRIALS, Gate
from agents.gate.share import MOST, Share
from agents.gate.voices import VOICES, WITHIN, Copied, VoiceResult
from simulator.copying import NEAR

__all__ = [
    "MOST",
    "NEAR",
    "TRIALS",
    "VOICES",
    "WITHIN",
    "AttackResult",
    "Bench",
    "Copied",
    "Gate",
    "Share",
    "VoiceResult",
]
