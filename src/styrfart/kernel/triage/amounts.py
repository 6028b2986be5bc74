"""Amounts of money in Swedish text: the limits that a rule states, the cost that a matter tells."""

import re

from styrfart.kernel.swedish import fold

_NUMBER = r"(?<![\d,.])(\d{1,3}(?:[ \u00a0.]\d{3})+|\d+)(,\d+)?"
_UNIT = r"\s*(kronor|kr|sek|tkr|tusen kronor|miljoner kronor|miljon kronor|mnkr|mkr|mdkr|miljoner|miljon)\b"
_AMOUNT = re.compile(
    _NUMBER + _UNIT + r"(?!\s*(?:/|per\b|om dagen|om året|i månaden|i timmen|i veckan|varje))"
)
_TIMES = {"tkr": 1000, "tusen kronor": 1000, "kronor": 1, "kr": 1, "sek": 1, "mdkr": 1_000_000_000}
_COSTS = re.compile(
    r"(?:kosta|kostnad|värde|värt|belopp|summa|pris|budget|offert|anbud)\w*(?:\W+\w+){0,3}\W*$"
)
_MOST = 10**12


def cost_in(question: str, reasons: str) -> int | None:
    """What the matter costs in kronor by its text, for when the sender gave no cost.

    That is the largest amount in the question; without one, the first in the reasons that is said to be a
    cost, a value or a price. Amounts by the day, by the person and so on are none.
    """
    said = [amount for match in _AMOUNT.finditer(fold(question)) if (amount := _kronor(match))]
    if said:
        return max(said)
    folded = fold(reasons)
    for match in _AMOUNT.finditer(folded):
        if _COSTS.search(folded[max(0, match.start() - 60) : match.start()]):
            return _kronor(match) or None
    return None


def _kronor(match: re.Match[str]) -> int | None:
    whole = int(re.sub(r"\D", "", match[1])[:15])
    share = float(f"0.{match[2][1:10]}") if match[2] else 0.0
    amount = round((whole + share) * _TIMES.get(match[3], 1_000_000))
    return amount if amount <= _MOST else None
