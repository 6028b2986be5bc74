"""The proof of a release, for everybody who was asked: no result is in it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from styrfart.climate import rules
from styrfart.climate.models import Group, Release, Round, RoundKind
from styrfart.climate.queries.lineage import invited_at_or_below
from styrfart.people.models import Person
from styrfart.people.standing import User, standing


@dataclass(frozen=True)
class Proof:
    """What was proved of one kind of figure, exactly, by counting residuals."""

    kind: str  # "people", "items", "details", "texts"
    k: int
    smallest: int | None
    groups: int


@dataclass(frozen=True)
class Together:
    """What was proved of the round and those it was held together with: the fewest of the people who were
    asked whom all of it together tells of, None when it tells no more than each by itself."""

    smallest: int | None


@dataclass(frozen=True)
class Attack:
    """What the attacker reached: the fewest people, and how many groups of how many were attacked."""

    smallest: int | None
    tried: int
    groups: int
    seed: int

    @property
    def is_sample(self) -> bool:
        return self.tried < self.groups


@dataclass(frozen=True)
class Checked:
    """The last audit: worked out anew from the stored answers."""

    at: dt.datetime
    is_untouched: bool
    is_same: bool | None
    smallest: int | None
    tried: int

    @property
    def holds(self) -> bool:
        return self.is_untouched and self.is_same is not False


@dataclass(frozen=True)
class Certificate:
    """All that the page says of one release."""

    round: Round
    release: Release
    smallest: int | None  # of everything that was published
    proofs: tuple[Proof, ...]
    together: Together | None
    attack: Attack
    checked: Checked | None
    may_check: bool


def certificate_for(user: User, pk: int) -> Certificate:
    """The certificate of a released round, to whoever was asked or may read a report of it; 404 to others."""
    release = (
        Release.objects.filter(round=pk).exclude(round__kind=RoundKind.REVIEW).select_related("round").first()
    )
    if release is None or not isinstance(user, Person) or not _may_read(user, pk):
        raise Http404
    said, reached = release.certificate, release.attack
    proofs = _proofs(said)
    known = [proof.smallest for proof in proofs if proof.smallest is not None]
    return Certificate(
        round=release.round,
        release=release,
        smallest=min(known, default=None),
        proofs=proofs,
        together=Together(said["together"]["smallest"]) if said.get("together") else None,
        attack=Attack(reached["smallest"], reached["tried"], reached["groups"], reached["seed"]),
        checked=_checked(said.get("checked")),
        may_check=rules.can_check_release(user),
    )


def _may_read(user: Person, pk: int) -> bool:
    """Asked in the round, sees every round, or reads a report of it as head or in a team."""
    if rules.sees_every_round(user) or invited_at_or_below(pk, user.pk):
        return True
    here = standing(user)
    heads = {post.unit_id for post in here.posts if post.is_head}
    groups = Group.objects.filter(round=pk)
    if groups.filter(Q(unit__in=heads) | Q(team__in=here.seats)).exists():
        return True
    tops = groups.filter(parent=None, unit__isnull=False).select_related("unit")
    return any(top.unit and here.leads_path(top.unit.path) for top in tops)


def _proofs(said: Mapping[str, Any]) -> tuple[Proof, ...]:
    texts = [each for each in said["texts"] if each["smallest"] is not None]
    found = [_proof(kind, said[kind]) for kind in ("people", "items", "details") if said[kind]["smallest"]]
    return (*found, *(_proof("texts", each) for each in texts))


def _proof(kind: str, said: Mapping[str, Any]) -> Proof:
    return Proof(kind, said["k"], said["smallest"], said["groups"])


def _checked(said: Mapping[str, Any] | None) -> Checked | None:
    at = parse_datetime(said["at"]) if said else None
    if said is None or at is None:
        return None
    return Checked(
        timezone.localtime(at), said["is_untouched"], said["is_same"], said["smallest"], said["tried"]
    )
