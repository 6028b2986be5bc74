"""A stable matching with linked applicants, or the refusal with its proof."""

from collections.abc import Sequence

from styrfart.kernel.errors import KernelError
from styrfart.kernel.matching.link_search import Places, Search, Stopped, fixed_point
from styrfart.kernel.matching.linked import Link, check_links, linked_blocking
from styrfart.kernel.matching.market import Market
from styrfart.kernel.matching.results import FoundBy, LinkedOutcome, Links, Matching, Method, Refuted


def with_links(
    market: Market, links: Sequence[Link], *, steps: int = 2_000, turns: int = 1_000
) -> LinkedOutcome:
    """Place everybody so that neither an applicant with a programme nor a link blocks, if that can be done.

    Of several stable matchings it is one: with links none need be the best for all applicants (Roth &
    Sotomayor 1990). Nor is it safe from lists that are not true. `turns`: moves of the fixed point for each
    order of the links; `steps`: rounds of the search before the answer is
    `UNDECIDED`. `NONE_EXISTS` comes with a complete `refutation`, which `is_proof` checks, and with the links
    of which it is enough to release one, so that each of the two applies alone.

    A matching's ranks are those of each one's own list. Raises `KernelError` for links that `check_links`
    refuses, or a limit below one.
    """
    check_links(market, links)
    if steps < 1 or turns < 1:
        raise KernelError("at least one step and one turn")
    found, found_by, taken = _sought(market, links, steps, turns)
    if found is None:
        return LinkedOutcome(Links.UNDECIDED, None, None, taken, None, ())
    if not isinstance(found, Refuted):
        return LinkedOutcome(Links.STABLE, _checked(market, links, found), found_by, taken, None, ())
    enough = tuple(
        index for index in range(len(links))
        if isinstance(_sought(market, [*links[:index], *links[index + 1 :]], steps, turns)[0], list)
    )  # fmt: skip
    return LinkedOutcome(Links.NONE_EXISTS, None, None, taken, found, enough)


def _sought(
    market: Market, links: Sequence[Link], steps: int, turns: int
) -> tuple[Places | Refuted | None, FoundBy, int]:
    """Places, or a refutation, or None when the search was stopped; how, and after how many steps."""
    if links and (settled := fixed_point(market, links, turns)) is not None:
        return settled, FoundBy.FIXED_POINT, 0
    search = Search(market, links, steps)
    try:
        return search.run(), FoundBy.SEARCH, search.steps
    except Stopped:
        return None, FoundBy.SEARCH, search.steps


def _checked(market: Market, links: Sequence[Link], places: Places) -> Matching:
    """The matching, after the checker has found that neither a pair nor a link blocks it.

    A linked applicant alone can still come before somebody at a programme where the two cannot both be: that
    is not to block, so such pairs are not among the matching's.
    """
    pairs, by_links = linked_blocking(market, links, places)
    if pairs or by_links:
        raise KernelError("what was found is blocked: a fault in the search")
    return Matching(
        Method.LINKED,
        tuple(places),
        tuple(market.rank(applicant, programme) for applicant, programme in enumerate(places)),
        (),
    )
