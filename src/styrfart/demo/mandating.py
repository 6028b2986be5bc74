"""Schemes of delegation, and the mandates of the teams in their versions."""

import datetime as dt
import functools
import random
import uuid
from dataclasses import dataclass, replace

from styrfart.demo import library, log
from styrfart.demo.library import MandateText, RuleText, SchemeText, TeamText
from styrfart.demo.town import Town
from styrfart.mandates.models import (
    Answer,
    Confirmation,
    Delegate,
    DelegationPoint,
    DelegationScheme,
    Destination,
    Mandate,
    MandateState,
    Question,
    Result,
    Rule,
    TeamType,
)
from styrfart.people.models import Person, Team, Unit
from styrfart.shared.models import RecordState

KEYS = uuid.UUID("6b1f2f0e-3d0a-4f57-9a52-0f7d1c5e9a11")  # our own name space: rules keep their keys
# What a proposed version changes: more money that a unit's head may spend without asking.
RAISED = {"inkop": 2}


def add_scheme(town: Town, committee: Unit, text: SchemeText) -> None:
    """The committee's scheme of delegation, in force for three years."""
    since = dt.date(town.today.year - 3, 1, 1)
    scheme = town.store.add(
        DelegationScheme(
            committee=committee, name=text.name, decision_reference=text.reference, valid_from=since
        )
    )
    of_committee = town.points.setdefault(committee.code, {})
    for position, row in enumerate(text.points, start=1):
        point = DelegationPoint(
            scheme=scheme,
            position=position,
            code=row.code,
            heading=row.heading,
            text=row.text,
            is_delegable=bool(row.who),
            is_reported=row.is_reported and bool(row.who),
            may_be_subdelegated=row.is_subdelegated,
            law=row.law,
            conditions=row.conditions,
            licence_part=row.licence,
            words=list(row.words),
        )
        of_committee[row.code] = town.store.add(point)
        for title, limit in row.who:
            town.store.add(Delegate(point=point, title=title, amount_limit=limit))


@dataclass(frozen=True)
class Version:
    """One version of a mandate and its days."""

    number: int
    state: MandateState
    written_on: dt.date
    proposed_on: dt.date | None = None
    adopted_on: dt.date | None = None
    superseded_on: dt.date | None = None


def add_mandates(town: Town, text: TeamText, *, above: Team | None = None, in_bulk: bool = False) -> None:
    """The team's mandate in every version that it has had, with confirmations; or a draft; or nothing.

    `in_bulk`: without the rules that name a certain unit, team or point of the story.
    """
    town.mandates[text.slug] = []
    if not text.mandate:
        return
    words = _in_general(text.mandate) if in_bulk else library.mandate(text.mandate, text.unit)
    rng = town.chance(f"mandate/{text.slug}")
    for version in _versions(town, text):
        mandate = _add_version(town, text, words, version, rng, above or _above(town, town.teams[text.slug]))
        if version.adopted_on:
            town.mandates[text.slug].append(mandate)


@functools.cache
def _in_general(name: str) -> MandateText:
    words = library.mandate(name)
    kept = [rule for rule in words.rules if not rule.post_unit and rule.to_team in {"", "above"}]
    return replace(words, rules=tuple(replace(rule, points=()) for rule in kept))


def _versions(town: Town, text: TeamText) -> list[Version]:
    days = town.days
    if text.adopted is None:
        return [Version(1, MandateState.DRAFT, days.ago(17))] if text.draft else []
    adopted = days.ago(text.adopted)
    written, proposed = (
        days.workday(adopted - dt.timedelta(days=28)),
        days.workday(adopted - dt.timedelta(days=9)),
    )
    found = [Version(1, MandateState.ADOPTED, written, proposed, adopted)]
    if text.versions == 2:
        renewed = days.ago(text.adopted // 2)
        found = [
            Version(1, MandateState.SUPERSEDED, written, proposed, adopted, renewed),
            Version(
                2,
                MandateState.ADOPTED,
                days.workday(renewed - dt.timedelta(days=20)),
                days.workday(renewed - dt.timedelta(days=7)),
                renewed,
            ),
        ]
    if text.proposed:
        found.append(Version(2, MandateState.PROPOSED, days.ago(19), days.workdays_ago(4)))
    return found


def _add_version(
    town: Town,
    text: TeamText,
    words: MandateText,
    version: Version,
    rng: random.Random,
    above: Team | None,
) -> Mandate:
    team, seats = town.teams[text.slug], town.seats[text.slug]
    writer = seats.secretary or seats.chair
    is_first = version.number == 1 and text.versions > 1
    is_adopted = version.adopted_on is not None
    mandate = town.store.add(
        Mandate(
            team=team,
            version=version.number,
            state=version.state,
            purpose=words.purpose_1 if is_first else words.purpose,
            only_we=words.only_we,
            team_type=TeamType(words.team_type),
            norms="" if version.state == MandateState.DRAFT else "\n".join(words.norms),
            target_mix={} if version.state == MandateState.DRAFT else dict(words.target_mix),
            created_by=writer,
            created_at=town.days.at(version.written_on),
            proposed_by=seats.chair if version.proposed_on else None,
            proposed_at=town.days.at(version.proposed_on, 9) if version.proposed_on else None,
            adopted_on=version.adopted_on,
            superseded_on=version.superseded_on,
            review_on=_review(version),
            record_state=RecordState.COMPLETED if is_adopted else RecordState.DRAFT,
        )
    )
    if version.state == MandateState.DRAFT:
        _answer(town, mandate, writer, version.written_on)
        return mandate
    for position, (result, measure) in enumerate(words.results, start=1):
        town.store.add(Result(mandate=mandate, position=position, text=result, measure=measure))
    rules = [rule for rule in words.rules if rule.since <= version.number or text.versions == 1]
    town.rules[mandate.pk] = {
        rule.slug: _add_rule(town, team, mandate, rule, number, version, above)
        for number, rule in enumerate(rules, start=1)
    }
    _confirm(town, mandate, seats.all, version, rng)
    return mandate


def _review(version: Version) -> dt.date | None:
    """A year after it was adopted."""
    day = version.adopted_on
    return day + dt.timedelta(days=365) if day else None


def _answer(town: Town, mandate: Mandate, writer: Person, day: dt.date) -> None:
    """How far a draft has come: three questions of seven."""
    for step, question in enumerate((Question.PURPOSE, Question.ONLY_WE, Question.TEAM_TYPE), start=2):
        at = town.days.at(day + dt.timedelta(days=step))
        town.store.add(Answer(mandate=mandate, question=question, revision=step, by=writer, at=at))
    mandate.revision = 4


def _add_rule(
    town: Town,
    team: Team,
    mandate: Mandate,
    text: RuleText,
    number: int,
    version: Version,
    above: Team | None,
) -> Rule:
    limit = text.amount_max
    if version.number == 1 and text.amount_max_1:
        limit = text.amount_max_1
    if version.state == MandateState.PROPOSED and limit:
        limit *= RAISED.get(text.slug, 1)
    concerns = text.concerns
    if limit and limit != text.amount_max and text.amount_max:
        concerns = concerns.replace(_money(text.amount_max), _money(limit))
    rule = town.store.add(
        Rule(
            mandate=mandate,
            number=number,
            key=uuid.uuid5(KEYS, f"{team.slug}/{text.slug}"),
            concerns=concerns,
            destination=Destination(text.destination),
            post_title=text.post_title,
            post_unit=town.units[text.post_unit] if text.post_unit else None,
            to_team=above if text.to_team == "above" else town.teams.get(text.to_team),
            words=list(text.words),
            amount_max=limit,
        )
    )
    points = town.points.get(committee_of(team.unit), {})
    for code in text.points:
        town.store.join(Rule.points.through, rule_id=rule.pk, delegationpoint_id=points[code].pk)
    return rule


def _money(amount: int) -> str:
    """700000 → "700 000", as in a rule's own words."""
    return f"{amount:,}".replace(",", " ")


def _above(town: Town, team: Team) -> Team | None:
    """The team of the unit above."""
    parent = team.unit.parent
    return town.team_of.get(parent.code) if parent else None


def committee_of(unit: Unit) -> str:
    """The code of the committee under which the unit lies."""
    above = unit
    while above.kind != "committee" and above.parent:
        above = above.parent
    return above.code


def _confirm(
    town: Town, mandate: Mandate, people: list[Person], version: Version, rng: random.Random
) -> None:
    """The chair with the proposal, the members after it; of a proposed version half are still to come."""
    if version.proposed_on is None or mandate.proposed_at is None:
        return
    last = version.adopted_on or town.days.workdays_ago(1)
    count = len(people) if version.adopted_on else (len(people) + 1) // 2
    for place, person in enumerate(people[:count]):
        at = mandate.proposed_at
        if place:
            gap = (last - version.proposed_on).days
            day = town.days.workday(version.proposed_on + dt.timedelta(days=rng.randint(0, max(gap, 0))))
            at = max(town.days.at(day, 10 + place % 6), mandate.proposed_at)
        town.store.add(Confirmation(mandate=mandate, person=person, confirmed_at=at))
        if town.is_told:
            verb = "mandates.confirm_mandate" if place else "mandates.propose_mandate"
            log.note(town, verb, mandate, by=person, at=at, concerns=people)
