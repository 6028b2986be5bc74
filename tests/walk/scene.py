"""An office with something of everything, in whose texts stand words that only some may read.

Each secret is a word of its own beside a common one: a search for the common word may find the text, so a
page that merely repeats what was searched for shows no secret.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from styrfart.decisions.actions import make_decision
from styrfart.decisions.models import Authority, Decision, Participant, Progress, ProgressKind, Recipient
from styrfart.demo.personas import PERSONAS
from styrfart.mandates import actions as mandating
from styrfart.mandates.actions.ruling import RuleText
from styrfart.mandates.models import Destination, Mandate, MandateState, Remark, WaitingScheme
from styrfart.matters import actions as sorting
from styrfart.matters.models import EventKind, Matter, MatterEvent, MatterState, Route, Routing
from styrfart.meetings.actions.calendar import make_calendar_key, note_reading
from styrfart.people.models import (
    ImportFile,
    ImportLine,
    ImportRun,
    Person,
    Role,
    RoleAssignment,
    Team,
    TeamMember,
    TeamRole,
    Unit,
    UnitKind,
)
from styrfart.shared import audit
from styrfart.shared.models import OutgoingMail, RetentionRule, WorkerPulse
from tests import make
from tests.make.mandates import whole_mandate
from tests.walk.advice import build_advice
from tests.walk.agenda import build_agenda
from tests.walk.climate_answering import build_answering
from tests.walk.climate_conversation import build_conversations
from tests.walk.climate_feedback import build_feedback
from tests.walk.climate_planning import build_rounds
from tests.walk.climate_reports import build_reports
from tests.walk.live import build_live
from tests.walk.minutes import build_minutes
from tests.walk.planning import build_planning

COMMON = "kräftskivan"  # stands in every text that a search could find
ROLES = ("visitor", "other", "employee", "member", "secretary", "chair", "hr", "coach", "owner")
ROOM = {"member", "secretary", "chair"}
STAFF = set(ROLES) - {"visitor", "coach"}
SIGNED_IN = set(ROLES) - {"visitor"}
NOBODY: set[str] = set()


@dataclass
class Scene:
    """Who there is, what there is, and which words who may read."""

    people: dict[str, Person] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)  # rows of every kind
    secrets: dict[str, set[str]] = field(default_factory=dict)

    def secret(self, name: str, readers: set[str]) -> str:
        """A text with a word that only `readers` may meet anywhere."""
        word = f"hemlig{name.replace(' ', '')}zz"  # ends alike, so that no word begins another
        assert word not in self.secrets
        self.secrets[word] = readers
        return f"{COMMON.capitalize()} {word}"

    def __getitem__(self, name: str) -> Person:
        return self.people[name]


def build() -> Scene:
    """Everything, in an empty database."""
    scene = Scene()
    office, other_office = _people(scene)
    team = _team(scene, "team", "Kontorets ledningsgrupp", office)
    _matters(scene, team, _team_of_others(scene, other_office))
    _decisions(scene, team)
    _mandates(scene, team, office)
    _scheme(scene)
    _administration(scene)
    # An address that has been read today already: what a reader leaves behind is the day.
    key = make_calendar_key(known="", actor=scene["member"])
    note_reading(key.key)
    scene.things["calendar secret"] = key.secret
    build_agenda(scene, team)
    build_advice(scene, team)
    build_live(scene, team)
    build_minutes(scene, team)
    build_planning(scene, team)
    build_reports(scene, team)
    build_conversations(scene)
    build_answering(scene)
    build_feedback(scene, team)
    build_rounds(scene, team)
    return scene


def _people(scene: Scene) -> tuple[Unit, Unit]:
    city = make.unit("Demostad", kind=UnitKind.CITY)
    office = make.unit("Utvecklingskontoret", parent=city)
    service = make.unit("Service", kind=UnitKind.UNIT, parent=office)
    other_office = make.unit("Fritidskontoret", parent=city)
    names = {
        "other": ("Frans", "Främling"),
        "employee": ("Moa", "Medarbetare"),
        "member": ("Samir", "Haddad"),
        "secretary": ("Tove", "Lind"),
        "chair": ("Ingrid", "Hall"),
        "hr": ("Hanna", "Hermansson"),
        "coach": ("Cleo", "Coach"),
        "owner": ("Fia", "Förvaltare"),
        # Whom nobody plays; hands in most matters.
        "sender": ("Sixten", "Sändare"),
    }
    # Some of them may be stepped into.
    known = {persona.key: persona.email for persona in PERSONAS}
    scene.people = {
        who: make.person(*name, email=known.get(who, f"{who}@demo.example")) for who, name in names.items()
    }
    sender = scene["sender"]
    sender.email = f"{scene.secret('e-post', STAFF).split()[-1]}@demo.example"
    sender.employee_number = scene.secret("nummer", {"owner"}).split()[-1]
    sender.password = scene.secret("losenord", NOBODY)
    sender.save()
    make.post(scene["chair"], office, title="Kontorschef")
    make.post(sender, service, title="Samordnare", is_head=False)
    make.post(scene["employee"], service, title="Enhetschef")
    make.role(Role.HR_DEVELOPER, scene["hr"])
    make.role(Role.COACH, scene["coach"])
    make.role(Role.SYSTEM_OWNER, scene["owner"])
    scene.things |= {"unit": office, "service": service}
    scene.things["role"] = RoleAssignment.objects.create(
        person=sender, role=Role.TOP_MANAGEMENT, valid_from=make.people.SINCE
    )
    Authenticator.objects.create(
        user=sender, type=Authenticator.Type.TOTP, data={"secret": scene.secret("nyckel", NOBODY)}
    )
    return office, other_office


def _team(scene: Scene, name: str, title: str, unit: Unit) -> Team:
    """A team with the whole room: an external coach has a seat, and still sees nothing of the work."""
    team = make.team(title, of_unit=unit)
    for who, role in (
        ("chair", TeamRole.CHAIR),
        ("member", TeamRole.MEMBER),
        ("secretary", TeamRole.SECRETARY),
        ("coach", TeamRole.ADJUNCT),
    ):
        seat = make.member(team, role=role, person=scene[who], function="coach" if who == "coach" else "")
        scene.things[f"seat of {who} in {name}"] = seat
    scene.things[name] = team
    return team


def _team_of_others(scene: Scene, unit: Unit) -> Team:
    team = make.team("Fritidskontorets ledningsgrupp", of_unit=unit)
    make.member(team, role=TeamRole.CHAIR, person=scene["other"])
    make.member(team)
    scene.things["other team"] = team
    return team


# --- matters


def _matter(scene: Scene, name: str, team: Team, readers: set[str], **fields: Any) -> Matter:
    by = fields.pop("by", scene["sender"])
    ground = str(fields.pop("secrecy_ground", ""))
    matter = make.matter(team, scene.secret(f"fråga {name}", readers), by=by, **fields)
    matter.why_us, matter.secrecy_ground = scene.secret(f"skäl {name}", readers), ground
    matter.save(update_fields=["why_us", "secrecy_ground"])
    scene.things[f"matter {name}"] = matter
    return matter


def _matters(scene: Scene, team: Team, others: Team) -> None:
    for state in MatterState:
        is_draft = state == MatterState.DRAFT
        is_ready = state not in {MatterState.QUEUED, MatterState.DECIDED}
        start = state if is_ready else MatterState.INBOX
        matter = _matter(scene, state.value, team, NOBODY if is_draft else ROOM, state=start)
        if state == MatterState.DECIDED:
            matter.decision = make.decision(team, scene.secret("beslut in a matter", ROOM), by=scene["chair"])
            matter.state = state
            matter.save(update_fields=["state", "decision"])
        if state == MatterState.QUEUED:
            sorting.take_up(
                matter=matter,
                revision=1,
                purpose="decision",
                level="tactical",
                outcome=scene.secret("önskat utfall", ROOM),
                minutes=10,
                actor=scene["chair"],
            )
        MatterEvent.objects.create(
            matter=matter,
            team=team,
            kind=EventKind.CHANGED if is_draft else EventKind.HANDED_IN,
            by=scene["sender"],
        )
    _matter(scene, "of others", others, {"other"})
    _matter(scene, "draft of employee", team, {"employee"}, by=scene["employee"], state=MatterState.DRAFT)
    _matter(scene, "of employee", team, {"employee", *ROOM}, by=scene["employee"])
    _matter(scene, "secret", team, ROOM, secrecy_ground="OSL 21 kap. 7 §")
    moved = _matter(scene, "moved away in secret", others, {"other"}, secrecy_ground="OSL 21 kap. 7 §")
    Routing.objects.filter(pk=make.routing(moved, Route.TEAM).pk).update(team=team)
    # Kept for as long as the disposal decision says: it may go.
    closed = _matter(scene, "closed long ago", team, ROOM, state=MatterState.ANSWERED)
    Matter.objects.filter(pk=closed.pk).update(closed_at=timezone.now() - dt.timedelta(days=2500))
    # Of a team that has ended, in the unit that the employee heads.
    service = scene.things["service"]
    assert isinstance(service, Unit)
    ended = make.team("Servicegruppen", of_unit=service)
    Team.objects.filter(pk=ended.pk).update(valid_to=timezone.localdate() - dt.timedelta(days=1))
    ended.refresh_from_db()
    _matter(scene, "left behind", ended, {"employee"})
    _materials(scene)
    _moved_matters(scene, team)


def _materials(scene: Scene) -> None:
    for name, readers in (("inbox", ROOM), ("draft", NOBODY)):
        matter = scene.things[f"matter {name}"]
        assert isinstance(matter, Matter)
        scene.things[f"material {name}"] = matter.materials.create(
            title=f"{scene.secret(f'fil {name}', readers)}.txt",
            file=ContentFile(scene.secret(f"innehåll {name}", readers).encode(), "underlag.txt"),
            added_by=scene["sender"],
        )


def _moved_matters(scene: Scene, team: Team) -> None:
    """Through the real actions, so that letters, log and receipts are theirs."""
    week = timezone.localdate() + dt.timedelta(days=7)
    readers = {"employee", *ROOM}
    handed = _matter(scene, "with employee", team, readers)
    sorting.hand_over(
        matter=handed,
        revision=1,
        to=scene["employee"],
        answer_by=week,
        actor=scene["chair"],
        note=scene.secret("not", readers),
    )
    prepared = _matter(scene, "to the committee", team, readers)
    sorting.prepare(
        matter=prepared,
        revision=1,
        owner=scene["employee"],
        report=scene.secret("utlåtande", readers - {"member"}),  # those who can finish it
        committee_on=None,
        actor=scene["chair"],
    )
    declined = _matter(scene, "refused", team, ROOM)
    sorting.decline(
        matter=declined, revision=1, note=scene.secret("nej", ROOM), home="Enheten", actor=scene["chair"]
    )
    asked = _matter(scene, "asked", team, ROOM)
    sorting.ask_for_more(matter=asked, revision=1, note=scene.secret("mer", ROOM), actor=scene["secretary"])
    thrown = _matter(scene, "thrown away", team, NOBODY, state=MatterState.DRAFT)
    sorting.delete_draft(matter=thrown, actor=scene["sender"])
    rule = make.routing(_matter(scene, "answered once", team, ROOM, state=MatterState.ANSWERED), Route.POST)
    scene.things["routing"] = rule


# --- decisions and actions


def _decisions(scene: Scene, team: Team) -> None:
    concerned = {"employee", "other", *ROOM}
    plain = _decide(scene, team, "plain", concerned, owner=scene["employee"], recipients=[scene["other"]])
    Participant.objects.create(
        decision=plain, person=scene["member"], dissent=scene.secret("avvikande", concerned)
    )
    Progress.objects.create(
        decision=plain,
        by=scene["employee"],
        kind=ProgressKind.NOTE,
        step=plain.step,
        note=scene.secret("läge", concerned),
    )
    secret = _decide(scene, team, "secret", ROOM, owner=scene["member"], secrecy_ground="OSL 39 kap. 2 §")
    # Marked afterwards: owner and recipient outside the room no longer read it.
    marked = _decide(scene, team, "marked", ROOM, owner=scene["member"], secrecy_ground="OSL 39 kap. 2 §")
    Decision.objects.filter(pk=marked.pk).update(owner=scene["employee"])
    Recipient.objects.create(decision=marked, person=scene["other"], told_at=timezone.now())
    scene.things["old decision"] = _aged(_decide(scene, team, "old", ROOM, owner=scene["member"]))
    others = make.decision(scene.things["other team"], scene.secret("beslut of others", {"other"}))
    scene.things["decision of others"] = others
    for name, owner, readers in (("open", "employee", {"employee", *ROOM}), ("done", "member", ROOM)):
        task = make.action(team, scene.secret(f"åtgärd {name}", readers), owner=scene[owner])
        task.done_at = timezone.now() if name == "done" else None
        task.save(update_fields=["done_at"])
        scene.things[f"action {name}"] = task
    of_secret = make.action(team, scene.secret("åtgärd of secret", ROOM), owner=scene["member"])
    of_secret.decision = secret
    of_secret.save(update_fields=["decision"])
    make.action(scene.things["other team"], scene.secret("åtgärd of others", {"other"}))


def _decide(
    scene: Scene, team: Team, name: str, readers: set[str], *, owner: Person, **more: Any
) -> Decision:
    today = timezone.localdate()
    decision = make_decision(
        team=team,
        text=scene.secret(f"beslut {name}", readers),
        reasons=scene.secret(f"beslutsskäl {name}", readers),
        alternatives=scene.secret(f"alternativ {name}", readers),
        decided_by=scene["chair"],
        authority=Authority.MANAGEMENT,
        owner=owner,
        due_on=today + dt.timedelta(days=2),
        effect_question=scene.secret(f"effekt {name}", readers),
        effect_on=today + dt.timedelta(days=90),
        actor=scene["chair"],
        **more,
    )
    scene.things[f"decision {name}"] = decision
    return decision


def _aged(decision: Decision) -> Decision:
    """Done, and made so long ago that it stands."""
    moment = timezone.now() - dt.timedelta(days=40)
    Decision.objects.filter(pk=decision.pk).update(
        decided_at=moment, distributed_at=moment, done_at=moment, review_on=timezone.localdate()
    )
    decision.refresh_from_db()
    return decision


# --- mandates and schemes


def _mandates(scene: Scene, team: Team, office: Unit) -> None:
    sees_team = {*ROOM, "owner"}
    adopted = whole_mandate(team, state=MandateState.ADOPTED, by=scene["chair"])
    _write(scene, adopted, "adopted", sees_team)
    scene.things["rule in force"] = adopted.rules.get()
    draft = mandating.start_draft(team=team, source=adopted, actor=scene["chair"])
    _write(scene, draft, "draft", ROOM)
    scene.things["rule of draft"] = draft.rules.get()
    text = RuleText(scene.secret("andra regeln", ROOM), Destination.MEETING)
    mandating.add_rule(mandate=draft, text=text, actor=scene["member"])
    Remark.objects.create(mandate=draft, person=scene["member"], text=scene.secret("anmärkning", ROOM))

    second = _team(scene, "second team", "Kontorets projektledning", office)
    proposed = whole_mandate(second, by=scene["member"])
    _write(scene, proposed, "proposed", ROOM)
    scene.things["proposal"] = mandating.propose_mandate(
        mandate=proposed, revision=proposed.revision, actor=scene["chair"]
    )
    _team(scene, "third team", "Kontorets nya ledningsgrupp", office)
    others = scene.things["other team"]
    assert isinstance(others, Team)
    _write(scene, whole_mandate(others, by=scene["other"]), "of others", {"other"})


def _write(scene: Scene, mandate: Mandate, name: str, readers: set[str]) -> None:
    # What an adopted mandate is for is told to everybody who chooses a team for a matter.
    is_adopted = mandate.state == MandateState.ADOPTED
    mandate.purpose = scene.secret(f"syfte {name}", STAFF if is_adopted else readers)
    mandate.only_we = scene.secret(f"bara vi {name}", readers)
    mandate.norms = scene.secret(f"normer {name}", readers)
    mandate.save(update_fields=["purpose", "only_we", "norms"])
    mandate.results.update(text=scene.secret(f"resultat {name}", readers))
    mandate.rules.update(concerns=scene.secret(f"regel {name}", readers))


def _scheme(scene: Scene) -> None:
    committee = make.unit("Utvecklingsnämnden", kind=UnitKind.COMMITTEE)
    point = make.point(make.scheme(committee), text=scene.secret("punkt", SIGNED_IN))
    tomorrow = timezone.localdate() + dt.timedelta(days=30)
    point.scheme.valid_to = tomorrow - dt.timedelta(days=1)
    point.scheme.save(update_fields=["valid_to"])
    to_come = make.scheme(committee, valid_from=tomorrow)
    make.point(to_come)
    waiting = WaitingScheme.objects.create(
        committee=committee,
        name="Ny",
        valid_from=tomorrow + dt.timedelta(days=30),
        points=[],
        warnings=[],
        base=to_come,
        file_name=f"{scene.secret('delegationsfil', {'owner'})}.xlsx",
        read_by=scene["owner"],
    )
    scene.things |= {"scheme": point.scheme, "coming scheme": to_come, "waiting scheme": waiting}


# --- what the system owner looks after


def _administration(scene: Scene) -> None:
    owner, member = scene["owner"], scene["member"]
    run = ImportRun.objects.create(
        created_by=owner,
        expires_at=timezone.now() + dt.timedelta(days=1),
        effective_on=timezone.localdate(),
        counts={"person.new": 1, "error": 0},
        plan_digest="x",
    )
    ImportFile.objects.create(run=run, name=f"{scene.secret('importfil', NOBODY)}.xlsx", content=b"")
    content = {"label": scene.secret("rad", {"owner"}), "changes": []}
    ImportLine.objects.create(run=run, section="new", kind="person", position=1, content=content)
    for name, about, readers in (
        ("logg", None, {"owner"}),
        ("logg om ledamot", member, {"owner", "member"}),
    ):
        entry = audit.record("people.change_person", scene["sender"], actor=owner, concerns=[about])
        entry.object_label = scene.secret(name, readers)
        entry.save(update_fields=["object_label"])
    scene.things["mail"] = OutgoingMail.objects.create(
        recipient=member,
        address=f"{scene.secret('adress', {'owner'}).split()[-1]}@demo.example",
        subject=f"{scene.secret('ämne', {'owner'})}: {scene.secret('ämnets fråga', NOBODY)}",
        body=scene.secret("brev", NOBODY),
        state="failed",
    )
    DBTaskResult.objects.create(
        task_path="styrfart.shared.mail.deliver",
        args_kwargs={"args": [scene.secret("argument", NOBODY)], "kwargs": {}},
        queue_name="default",
        backend_name="default",
        run_after=timezone.now(),
        status="FAILED",
        exception_class_path="builtins.ValueError",
        traceback=scene.secret("spår", NOBODY),
    )
    # There may be one from the beginning.
    RetentionRule.objects.update_or_create(
        record_type="matters.matter",
        defaults={
            "keep_years": 5,
            "decision_reference": scene.secret("gallringsbeslut", {"owner", "secretary"}),
        },  # told in the e-archive
    )
    scene.things["run"] = run
    # Alive for as long as the walk may take on a slow machine.
    later = timezone.now() + dt.timedelta(hours=1)
    WorkerPulse.objects.create(worker="w", started_at=timezone.now(), seen_at=later)
    gone = make.person("Gun", "Gången", is_active=False)
    gone.email = f"{scene.secret('stängt konto', {'owner'}).split()[-1]}@demo.example"
    gone.save(update_fields=["email"])
    scene.things["closed person"] = gone
    assert isinstance(scene.things["seat of coach in team"], TeamMember)
