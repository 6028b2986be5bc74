"""Posts: who holds which title where, and who leads. What changes is ended and begun anew: history stays."""

import datetime as dt
from collections import defaultdict
from typing import NamedTuple

from styrfart.people.importing.layout import Sheet
from styrfart.people.importing.planning.names import Names
from styrfart.people.importing.planning.plan import (
    ONE_DAY,
    Change,
    Closing,
    Difference,
    NewPost,
    Plan,
    Redated,
    Tenure,
    span,
)
from styrfart.people.importing.register import PostWish, Register
from styrfart.people.importing.snapshot import PostNow, Snapshot

# The title of a head of whom no other title is known.
_HEAD = "Chef"


class _Wished(NamedTuple):
    post: PostWish
    is_head: bool


def plan_posts(
    plan: Plan,
    register: Register,
    snapshot: Snapshot,
    closing: Closing,
    names: Names,
    ended: frozenset[str],
) -> None:
    """Compare posts person by person, and tell each person's differences."""
    led = _led(plan, register, snapshot)
    fields = {now.pk: changed for now, changed in plan.changed_people}
    gone = {now.code for now in plan.ended_units}
    for key in _affected(plan, register, snapshot, led, ended):
        current = snapshot.posts.get(int(key[1:]), []) if key.startswith("p") else []
        wished = [] if key in ended else _wished(plan, key, register, current, led.get(key, []), gone)
        redated = _compare(plan, key, current, wished, closing, names, register, snapshot)
        _tell(plan, key, current, wished, redated, names, snapshot, fields, ended)


def _led(plan: Plan, register: Register, snapshot: Snapshot) -> dict[str, list[str]]:
    """Key of a person -> codes of the units they lead, as it will be."""
    led: defaultdict[str, list[str]] = defaultdict(list)
    for code, leaders in register.heads.items():
        for key in leaders:
            led[key].append(code)
    gone = {now.code for now in plan.ended_units}
    for code, keys in snapshot.heads().items():
        if code not in register.units and code not in gone:
            for key in keys:
                led[key].append(code)
    return led


def _affected(
    plan: Plan,
    register: Register,
    snapshot: Snapshot,
    led: dict[str, list[str]],
    ended: frozenset[str],
) -> list[str]:
    """Those whose posts may change: the people of the file, heads come and gone, people of ended units."""
    keys = dict.fromkeys([*register.people, *sorted(ended)])
    if Sheet.UNITS in register.sheets:
        gone = {now.code for now in plan.ended_units}
        for pk, posts in snapshot.posts.items():
            if any(post.unit in gone or (post.is_head and post.unit in register.units) for post in posts):
                keys[f"p{pk}"] = None
        keys |= dict.fromkeys(led)
    return list(keys)


def _wished(
    plan: Plan,
    key: str,
    register: Register,
    current: list[PostNow],
    led: list[str],
    gone: set[str],
) -> list[_Wished]:
    """The posts a person should hold: those of the file, else those they have; and those they lead by."""
    wish = register.people.get(key)
    if wish and register.tells_posts:
        base = [post for post in wish.posts if post.valid_to is None or post.valid_to >= plan.day]
    else:
        base = [
            PostWish(post.unit, post.title, post.valid_from, post.valid_to)
            for post in sorted(current, key=lambda each: not each.is_head)
            if post.unit not in gone
        ]
    to_lead = dict.fromkeys(led)
    wished = []
    leading: dict[str, str] = {}  # a unit is led by one title, in each of its times
    for post in base:
        is_head = post.unit in to_lead and leading.setdefault(post.unit, post.title) == post.title
        wished.append(_Wished(post, is_head))
    for unit in leading:
        del to_lead[unit]
    for unit in to_lead:
        title = next((post.title for post in current if post.unit == unit and post.is_head), "")
        title = (base[0].title if base and (wish or not title) else title) or _HEAD
        wished.append(_Wished(PostWish(unit, title), is_head=True))
    return wished


def _compare(
    plan: Plan,
    key: str,
    current: list[PostNow],
    wished: list[_Wished],
    closing: Closing,
    names: Names,
    register: Register,
    snapshot: Snapshot,
) -> list[Change]:
    """Write into the plan what ends and begins; gives the corrected days in words."""
    left = list(current)
    past = _Past(int(key[1:]) if key.startswith("p") else 0, snapshot)
    new = []
    redated = []
    tells_end = Sheet.PEOPLE in register.tells_end and key in register.people
    for want in wished:
        now = _same(left, want)
        if now is None:
            new.append(want)
            continue
        start = closing.correct(want.post.valid_from, now.valid_from, [past.end(want.post)])
        end = want.post.valid_to if tells_end else now.valid_to
        if end is not None and end < start:
            new.append(want)
            continue
        left.remove(now)
        if (start, end) != (now.valid_from, now.valid_to):
            plan.posts.redated.append(Redated(now.pk, start, end))
            what = f"days:{now.title}, {names.unit_after(now.unit)}"
            redated.append(Change(what, span(now.valid_from, now.valid_to), span(start, end)))
    for now in left:
        closing.close(Tenure(now.pk, now.valid_from, names.person(key)), plan.posts)
    # What goes on with another part in leading begins when the former part has ended.
    ended = {(now.unit, now.title) for now in left if closing.took_effect_before(now.valid_from)}
    for want in new:
        post = want.post
        before = plan.day - ONE_DAY if (post.unit, post.title) in ended else past.end(post)
        start = closing.begin(post.valid_from, [before])
        plan.new_posts.append(NewPost(key, post.unit, post.title, want.is_head, start, post.valid_to))
    return redated


class _Past(NamedTuple):
    """What a person held before the day."""

    person: int
    snapshot: Snapshot

    def end(self, post: PostWish) -> dt.date | None:
        """The last day of an earlier time in the same post."""
        return self.snapshot.past_posts.get((self.person, post.unit, post.title))


def _same(left: list[PostNow], want: _Wished) -> PostNow | None:
    """The post that goes on as wished; of several times in it, the one that begins on the same day."""
    place = (want.post.unit, want.post.title, want.is_head)
    found = [now for now in left if (now.unit, now.title, now.is_head) == place]
    return min(found, key=lambda now: now.valid_from != want.post.valid_from, default=None)


def _tell(
    plan: Plan,
    key: str,
    current: list[PostNow],
    wished: list[_Wished],
    redated: list[Change],
    names: Names,
    snapshot: Snapshot,
    fields: dict[int, dict[str, str]],
    ended: frozenset[str],
) -> None:
    """The person's differences in one: name, address, posts."""
    before = {(post.unit, post.title): f"{post.title}, {names.unit_before(post.unit)}" for post in current}
    after = {
        (want.post.unit, want.post.title): f"{want.post.title}, {names.unit_after(want.post.unit)}"
        for want in wished
    }
    lost = [text for place, text in before.items() if place not in after]
    won = [text for place, text in after.items() if place not in before]
    if len(lost) == len(won) == 1:
        changes = [Change("post", lost[0], won[0])]
    else:
        changes = [Change("post", text, "") for text in lost] + [Change("post", "", text) for text in won]
    changes += redated
    if key.startswith("r"):
        section = "new"
    elif key in ended:
        section = "ended"
    else:
        now = snapshot.people[int(key[1:])]
        changed = dict(fields.get(now.pk, {}))
        section = "new" if changed.pop("is_active", None) else "changed"
        changes = [Change(name, getattr(now, name), value) for name, value in changed.items()] + changes
        if section == "new":
            changes = [Change("returns", "", ""), *changes]
        if not changes:
            return
    # Who is new or leaves is told by their posts; of others it helps to know where they are.
    note = next(iter(after.values()), "") if section == "changed" else ""
    plan.differences.append(
        Difference(section, "person", key, names.person(key), note, tuple(changes), (key,))
    )
