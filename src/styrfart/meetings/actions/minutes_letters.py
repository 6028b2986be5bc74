"""Letters about minutes: never the words of what is secret, and none to whoever has just done it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from styrfart.decisions.models import Action, Decision, Recipient
from styrfart.meetings.models import Attendee, Entry, Minutes
from styrfart.meetings.queries.minutes import address_of_minutes
from styrfart.meetings.queries.minutes_reading import grounds_now
from styrfart.meetings.queries.recorded import entries_of
from styrfart.people.models import Person
from styrfart.people.standing import standing
from styrfart.shared import mail
from styrfart.shared.templatetags.words import day as words_of_day


@dataclass
class Concerned:
    """Somebody whom the minutes concern, and what of it is theirs."""

    person: Person
    decisions: list[Decision] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)


def ask_to_approve(minutes: Minutes, actor: Person) -> None:
    """Approver and checker are asked, each once."""
    for person, words in (
        (minutes.approver, _("%(name)s ber dig läsa och godkänna dem senast %(by)s.")),
        (minutes.checker, _("%(name)s ber dig läsa och justera dem senast %(by)s.")),
    ):
        if person is not None and person.pk != actor.pk:
            _tell(minutes, person, _("Anteckningarna från %(day)s väntar på dig"), words, actor)


def tell_sent_back(minutes: Minutes, actor: Person) -> None:
    """Whoever handed them over learns that something is to be changed; what, stands on the page."""
    if minutes.handed_over_by is not None and minutes.handed_over_by.pk != actor.pk:
        _tell(
            minutes,
            minutes.handed_over_by,
            _("Anteckningarna från %(day)s behöver ändras"),
            _("%(name)s har skickat tillbaka dem. På sidan står vad som ska ändras."),
            actor,
        )


def remind(minutes: Minutes) -> None:
    """Those who have not answered by the day."""
    waits = [
        (minutes.approver, minutes.approver_approved_at, _("I dag är sista dagen att godkänna dem.")),
        (minutes.checker, minutes.checked_at, _("I dag är sista dagen att justera dem.")),
    ]
    for person, answered, words in waits:
        if person is not None and answered is None:
            _tell(minutes, person, _("Påminnelse: anteckningarna från %(day)s"), words, person)


def send_out(minutes: Minutes, actor: Person) -> None:
    """Everybody whom approved minutes concern, their own decisions and actions first."""
    secret = _secret(minutes)
    for one in _concerned(minutes):
        is_own = bool(one.decisions or one.actions)
        if one.person.pk == actor.pk and not is_own:
            continue
        mail.send(
            one.person,
            subject=_("Godkända anteckningar från %(day)s"),
            template="meetings/mail/minutes_approved.txt",
            context={
                **_words(minutes),
                "minutes": minutes,
                "decisions": [(each, ("decision", each.pk) in secret) for each in one.decisions],
                "actions": [(each, ("action", each.pk) in secret) for each in one.actions],
            },
            link=_link(minutes, one),
            about=minutes,
        )


def withhold(minutes: Minutes) -> None:
    """The letters that told of them say no more: they have become secret."""
    mail.withhold(
        [mail.about_of(minutes)],
        text=_("Det som brevet gällde omfattas nu av sekretess. På sidan läser du det du får läsa."),
        link=address_of_minutes(minutes),
    )


def withhold_told(abouts: Collection[str]) -> None:
    """What a letter about minutes quotes has become secret: the letter says no more."""
    ids: dict[str, list[int]] = {"decisions.decision": [], "decisions.action": [], "matters.matter": []}
    for about in abouts:
        kind, _slash, pk = about.partition("/")
        if kind in ids and pk.isdecimal():
            ids[kind].append(int(pk))
    if not any(ids.values()):
        return
    told = Entry.objects.filter(
        Q(decision__in=ids["decisions.decision"])
        | Q(action__in=ids["decisions.action"])
        | Q(item__matter__in=ids["matters.matter"])
    )
    found = Minutes.objects.filter(meeting__in=told.order_by().values("meeting")).select_related(
        "meeting__team"
    )
    for minutes in found.order_by("pk"):
        withhold(minutes)


def _concerned(minutes: Minutes) -> list[Concerned]:
    """Those who were expected, owners, and those who must hear of a decision, each once."""
    found: dict[int, Concerned] = {}

    def of(person: Person) -> Concerned:
        return found.setdefault(person.pk, Concerned(person))

    for seat in Attendee.objects.filter(meeting=minutes.meeting).select_related("person").order_by("pk"):
        of(seat.person)
    decided: list[int] = []
    for entry in entries_of(minutes.meeting):
        if entry.decision:
            entry.decision.team = minutes.meeting.team
            of(entry.decision.owner).decisions.append(entry.decision)
            decided.append(entry.decision.pk)
        if entry.action:
            entry.action.team = minutes.meeting.team
            of(entry.action.owner).actions.append(entry.action)
    hear: dict[int, list[Recipient]] = defaultdict(list)
    for row in Recipient.objects.filter(decision__in=decided).select_related("person").order_by("pk"):
        hear[row.decision_id].append(row)
        of(row.person)
    return list(found.values())


def _secret(minutes: Minutes) -> set[tuple[str, int]]:
    """The decisions and actions whose words stay inside: all in a part that is secret."""
    content = minutes.content
    grounds = grounds_now(content["sections"])
    found: set[tuple[str, int]] = set()
    for one in content["sections"]:
        if one["id"] in grounds or minutes.secrecy_ground:
            found |= {("decision", each["id"]) for each in one["decisions"]}
            found |= {("action", each["id"]) for each in one["actions"]}
    return found


def _link(minutes: Minutes, one: Concerned) -> str:
    """The minutes for those who may read them; the rest go to what is theirs."""
    is_expected = Attendee.objects.filter(meeting=minutes.meeting, person=one.person).exists()
    if is_expected or standing(one.person).is_in(minutes.meeting.team_id):
        return address_of_minutes(minutes)
    own: list[Decision | Action] = [*one.decisions, *one.actions]
    return own[0].get_absolute_url() if own else ""


def _tell(minutes: Minutes, person: Person, subject: object, text: object, who: Person) -> None:
    mail.send(
        person,
        subject=subject,  # type: ignore[arg-type]  # a lazy text
        text=text,  # type: ignore[arg-type]  # so is this
        template="meetings/mail/minutes.txt",
        context={**_words(minutes), "name": who.full_name},
        link=address_of_minutes(minutes),
        about=minutes,
    )


def _words(minutes: Minutes) -> dict[str, object]:
    from_day, by = LocalDay(minutes.meeting.held_on), LocalDay(minutes.approve_by)
    return {"meeting": minutes.meeting, "team": minutes.meeting.team.name, "day": from_day, "by": by}


class LocalDay:
    """A day that is written when the letter is: in the language of its reader."""

    def __init__(self, value: object) -> None:
        self.value = value

    def __str__(self) -> str:
        return words_of_day(self.value)  # type: ignore[arg-type]  # a day or None
