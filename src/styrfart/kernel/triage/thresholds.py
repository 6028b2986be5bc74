"""How much evidence a proposal takes. The unit: one hint of a rule, said in the question, gives about one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Set on matters and mandates written by different people; none of them changes much by a fifth."""

    clear: float = 1.15
    """From this strength a rule or point fits clearly."""
    likely: float = 0.75
    """From this strength it fits at all; below, triage does not know."""
    apart: float = 0.3
    """How much stronger it must be than the strongest that leads elsewhere ..."""
    apart_share: float = 1.2
    """... and how many times as strong, chosen in ADR 19."""
    hint: float = 1.25
    """What a hint said in the question gives; further hints give 0.6, 0.4 and 0.3 of that."""
    specific: float = 1.15
    """How many times more a hint gives that is long or of several words: it is not said by chance."""
    title: float = 0.4
    """What is left of a hint that is a post's title when the question is not about who gets the post."""
    reasons: float = 0.9
    """The most that the reasons alone give, as a share of `likely`: never a proposal."""
    pointed: float = 0.12
    """How much stronger is enough when the question says a specific hint of the one and none of the other."""
    text: float = 0.75
    """What a word of the rule's own text gives, said in the question, when all of the text is said."""
    coverage: float = 0.4
    """The share of that which is given however little of the text is said."""
    surely: float = 0.75
    """From this chance on a rule fits clearly, when it is known what the matter is like ..."""
    rather: float = 0.3
    """... and from this on it fits at all: chosen on nine sets, where a wrong answer costs two right ones."""
    considered: float = 0.05
    """The least chance of a rule that is told of."""
    unit: float = 0.4
    """What touching the rule's units gives."""
    amount: float = 0.25
    """What a cost within the rule's limits gives."""
    scope: float = 0.15
    """Given to a rule for one area, or for several, that meets such a matter; otherwise taken away ..."""
    out_of_scope: float = 0.6
    """... from this share of the rest."""
    ticked: float = 0.9
    """What is left of a rule for one area when more are ticked but nothing in the text says that they share
    it."""
    point: float = 1.0
    """What a point of delegation named by the rule gives, for each unit of strength with which it fits."""
    asked: float = 0.5
    """Given to rules on written information when information is asked for; else what is left of them."""
    thinking: float = 0.85
    """What is left of a rule to one post or the line when thoughts are asked for, or preparation."""
    prepared: float = 0.25
    """Given to a rule to the committee when preparation is asked for. Less than `apart`: settles no tie."""
    act: float = 0.5
    """What is left of a point of delegation when neither a hint nor its first word, the act, is said."""
    agreement: float = 0.15
    """Given to a rule to the meeting when the text says that several areas share the matter. Less than
    `apart`: it settles no tie."""
    committee: float = 0.4
    """Given to a rule to the committee when preparation is asked for and the committee is named."""
    large_cost: int = 500_000
    """What costs more is seldom for the line."""


DEFAULT = Thresholds()
