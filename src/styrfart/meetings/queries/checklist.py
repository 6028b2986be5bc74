"""What is left to do before a meeting, for those who plan it: a word for each thing, and one verb."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrfart.meetings import rules
from styrfart.meetings.deadlines import notice_due
from styrfart.meetings.models import COMING
from styrfart.meetings.queries.agenda import AgendaPage
from styrfart.meetings.queries.notice import changes_since
from styrfart.shared.addresses import reverse
from styrfart.shared.templatetags.words import day_short, in_words


@dataclass(frozen=True)
class Step:
    """One thing to see to: what, how it stands, and the verb that leads there when something is left."""

    what: str
    word: str
    tone: str
    verb: str = ""
    url: str = ""


def checklist(page: AgendaPage) -> list[Step]:
    """People, order and time, material, notice; nothing when it has begun or will not be."""
    meeting = page.agenda.meeting
    if meeting.state not in COMING or rules.was_never_opened(meeting, timezone.localdate()):
        return []
    return [_people(page), _order(page), _material(page), _notice(page)]


def _people(page: AgendaPage) -> Step:
    meeting, coming, absent = page.agenda.meeting, len(page.people.coming), len(page.people.absent)
    what = _("Vilka som är med")
    address = reverse("meetings:change-meeting", args=[meeting.team.slug, meeting.slug])
    if not coming:
        return Step(what, _("ingen väntas"), "late", _("Välj vilka"), address)
    word = _("%(count)s väntas") % {"count": in_words(coming)}
    if absent:
        word += ", " + _("%(count)s är borta") % {"count": in_words(absent)}
    return Step(what, word, "ok", _("Ändra"), address)


def _order(page: AgendaPage) -> Step:
    agenda, meeting = page.agenda, page.agenda.meeting
    what, add = _("Ordning och tid"), reverse("meetings:choose-item", args=[meeting.team.slug, meeting.slug])
    if not agenda.lines:
        return Step(what, _("inget att ta upp än"), "late", _("Lägg till punkter"), add)
    if agenda.minutes_over > 0:
        words = ngettext("%(count)s minut för mycket", "%(count)s minuter för mycket", agenda.minutes_over)
        said = words % {"count": in_words(agenda.minutes_over)}
        return Step(what, said, "late", _("Korta eller bordlägg"), "#dagordning")
    used = _("%(used)s av %(all)s minuter planerade") % {"used": agenda.minutes, "all": meeting.minutes}
    return Step(what, used, "ok", _("Lägg till"), add)


def _material(page: AgendaPage) -> Step:
    missing = page.agenda.missing
    if not missing:
        return Step(_("Underlag"), _("allt är klart"), "ok")
    word = ngettext(
        "saknas till en punkt, ska vara klart %(day)s",
        "saknas till %(count)s punkter, ska vara klart %(day)s",
        len(missing),
    ) % {"count": in_words(len(missing)), "day": day_short(page.agenda.due_on)}
    return Step(_("Underlag"), word, "going", _("Se vilka"), f"#punkt-{missing[0].item.pk}")


def _notice(page: AgendaPage) -> Step:
    meeting = page.agenda.meeting
    address = reverse("meetings:call", args=[meeting.team.slug, meeting.slug])
    if not meeting.called_at:
        by = notice_due(meeting)
        is_late = timezone.localdate() > by
        said = _("skulle ha gått %(day)s") if is_late else _("ska gå senast %(day)s")
        tone = "late" if is_late else "going"
        return Step(_("Kallelse"), said % {"day": day_short(by)}, tone, _("Läs och skicka"), address)
    said = _("skickad %(day)s") % {"day": day_short(meeting.called_at)}
    count = len(changes_since(page.agenda))
    if not count and all(one.called_at for one in page.people.coming):
        return Step(_("Kallelse"), said, "ok", _("Läs kallelsen"), address)
    if count:
        words = ngettext(
            "%(said)s, sedan dess %(count)s ändring", "%(said)s, sedan dess %(count)s ändringar", count
        )
        said = words % {"said": said, "count": in_words(count)}
    else:
        said = _("%(said)s, men inte till alla") % {"said": said}
    return Step(_("Kallelse"), said, "going", _("Skicka ändringar"), address)
