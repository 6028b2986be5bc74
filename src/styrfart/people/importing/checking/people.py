"""The sheet of people: who is who, in the file and in the organisation, and which posts they hold."""

from styrfart.people.importing.checking.cells import days, fitting, needed, overlap
from styrfart.people.importing.checking.finding import Ambiguous, Units, Unknown
from styrfart.people.importing.problems import Problem
from styrfart.people.importing.reading import Row, Table
from styrfart.people.importing.register import PersonWish, PostWish
from styrfart.people.importing.snapshot import PersonNow, Snapshot
from styrfart.people.importing.values import is_address
from styrfart.people.models.name_key import fold


def check_people(
    table: Table, units: Units, snapshot: Snapshot, problems: list[Problem]
) -> dict[str, PersonWish]:
    """The people of the table by key. Rows of the same person are one person with several posts."""
    crowd = _Crowd(table, problems)
    for row in table.rows:
        wish = _person(table, row, problems)
        wish = crowd.add(row, wish) if wish.email or wish.number else wish
        _add_post(table, row, wish, units, problems)
    return _recognise(table, crowd, snapshot, problems)


def _person(table: Table, row: Row, problems: list[Problem]) -> PersonWish:
    email = row.text("email").lower()
    if email and not is_address(email):
        problems.append(table.problem("not_an_address", row, "email", value=row.text("email")))
        email = ""
    elif not email and not row.text("number"):
        problems.append(table.problem("no_identity", row, "email"))
    return PersonWish(
        row=row.number,
        email=email,
        number=fitting(table, row, "number", 40, problems),
        given_name=needed(table, row, "given_name", 80, problems),
        family_name=needed(table, row, "family_name", 80, problems),
        head=row.text("head"),
    )


def _add_post(table: Table, row: Row, wish: PersonWish, units: Units, problems: list[Problem]) -> None:
    unit, title = row.text("unit"), fitting(table, row, "title", 80, problems)
    first, last = days(table, row, problems)
    if not unit and not title:
        return
    if not unit:
        problems.append(table.problem("title_without_unit", row, "unit"))
        return
    if not row.text("title"):
        problems.append(table.problem("unit_without_title", row, "title"))
    try:
        code = units.find(unit)
    except Unknown:
        problems.append(table.problem("unit_unknown", row, "unit", value=unit))
        return
    except Ambiguous:
        problems.append(table.problem("unit_ambiguous", row, "unit", value=unit))
        return
    _join_post(table, row, wish, PostWish(code, title, first, last, row.number), problems)


def _join_post(table: Table, row: Row, wish: PersonWish, post: PostWish, problems: list[Problem]) -> None:
    """Add a time in a post; times in the same post that overlap are one."""
    for other in list(wish.posts):
        if (other.unit, other.title) == (post.unit, post.title) and overlap(other, post):
            is_same = (other.valid_from, other.valid_to) == (post.valid_from, post.valid_to)
            problems.append(table.problem("row_twice" if is_same else "posts_join", row, "", first=other.row))
            wish.posts.remove(other)
            post = _joined(other, post)
    wish.posts.append(post)


def _joined(one: PostWish, other: PostWish) -> PostWish:
    """From the first day of either, to the last of either."""
    firsts = [post.valid_from for post in (one, other) if post.valid_from]
    lasts = [post.valid_to for post in (one, other) if post.valid_to]
    return one._replace(
        valid_from=min(firsts, default=None), valid_to=max(lasts) if len(lasts) == 2 else None
    )


class _Crowd:
    """Those read so far; a row may be a further post of one of them."""

    def __init__(self, table: Table, problems: list[Problem]) -> None:
        self.table, self.problems = table, problems
        self.wishes: list[PersonWish] = []
        self.by_email: dict[str, PersonWish] = {}
        self.by_number: dict[str, PersonWish] = {}

    def add(self, row: Row, wish: PersonWish) -> PersonWish:
        """The person of the row: `wish`, or whom we have read already."""
        same_number = self.by_number.get(wish.number) if wish.number else None
        same_email = self.by_email.get(wish.email) if wish.email else None
        known = same_number or same_email
        if known is None:
            self.wishes.append(wish)
            self._index(wish)
            return wish
        if same_number and same_email and same_number is not same_email:
            self._complain("address_twice", row, "email", wish.email, same_email)
        elif fold(known.name) != fold(wish.name) or _contradicts(known.email, wish.email):
            if same_number:
                self._complain("number_twice", row, "number", wish.number, known)
            else:
                self._complain("address_twice", row, "email", wish.email, known)
        elif _contradicts(known.number, wish.number):
            self._complain("address_twice", row, "email", wish.email, known)
        else:
            known.email, known.number = known.email or wish.email, known.number or wish.number
            known.head = known.head or wish.head
            self._index(known)
            return known
        return wish

    def _index(self, wish: PersonWish) -> None:
        if wish.email:
            self.by_email[wish.email] = wish
        if wish.number:
            self.by_number[wish.number] = wish

    def _complain(self, code: str, row: Row, key: str, value: str, first: PersonWish) -> None:
        self.problems.append(self.table.problem(code, row, key, value=value, first=first.row))


def _contradicts(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _recognise(
    table: Table, crowd: _Crowd, snapshot: Snapshot, problems: list[Problem]
) -> dict[str, PersonWish]:
    """Match the people of the file with those we know: by number first, then by address."""
    by_number = {now.number: now for now in snapshot.people.values() if now.number}
    by_email = {now.email: now for now in snapshot.people.values() if now.email}
    rows = {row.number: row for row in table.rows}
    taken: dict[int, PersonWish] = {}
    for wish in crowd.wishes:
        now = by_number.get(wish.number) if wish.number else None
        owner = by_email.get(wish.email) if wish.email else None
        if now is None and owner is not None and _is_same(wish, owner):
            now = owner
        if owner is not None and now is not owner and not _gives_up(owner, crowd):
            problems.append(table.problem("address_taken", rows[wish.row], "email", name=owner.name))
        elif now is not None and now.pk in taken:
            first = taken[now.pk].row
            problems.append(
                table.problem("address_twice", rows[wish.row], "email", value=wish.email, first=first)
            )
        elif now is not None:
            wish.pk = now.pk
            taken[now.pk] = wish
    return {wish.key: wish for wish in crowd.wishes}


def _is_same(wish: PersonWish, now: PersonNow) -> bool:
    """Whether the holder of the address is the person of the row; addresses are given to new people too."""
    has_some_name = fold(wish.given_name) == fold(now.given_name) or fold(wish.family_name) == fold(
        now.family_name
    )
    if _contradicts(wish.number, now.number):
        return fold(wish.name) == fold(now.name)
    return now.is_active or has_some_name


def _gives_up(owner: PersonNow, crowd: _Crowd) -> bool:
    """Whether the file itself gives the holder of an address another one."""
    wish = crowd.by_number.get(owner.number) if owner.number else None
    return wish is not None and bool(wish.email) and wish.email != owner.email
