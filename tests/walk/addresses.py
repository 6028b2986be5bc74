"""The address of every line of the walk's table, and what is sent there."""

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from styrfart.mandates.importing.template import EXAMPLE, RESERVED_ROWS, workbook
from styrfart.matters.models import MatterState
from styrfart.people.actions.persons import revision as person_revision
from styrfart.people.actions.retention import revision as retention_revision
from styrfart.people.actions.teams import revision as team_revision
from styrfart.people.models import Person, Team
from styrfart.people.queries import to_dispose_for
from styrfart.shared.models import RetentionRule
from tests.people.importing.sheets import organisation
from tests.walk.advice import advice_lines
from tests.walk.agenda import agenda_lines
from tests.walk.climate_answering import climate_answering_lines
from tests.walk.climate_conversation import climate_conversation_lines
from tests.walk.climate_feedback import climate_feedback_lines
from tests.walk.climate_planning import round_lines
from tests.walk.climate_reports import climate_report_lines
from tests.walk.live import live_lines
from tests.walk.minutes import minutes_lines
from tests.walk.planning import planning_lines
from tests.walk.scene import COMMON, Scene

Sent = dict[str, Any]
Line = tuple[str, Sent]

ALLAUTH = """account_change_password account_inactive account_login account_logout account_reauthenticate
    account_reset_password account_reset_password_done account_reset_password_from_key_done
    account_set_password account_signup mfa_activate_totp mfa_add_webauthn mfa_authenticate
    mfa_deactivate_totp mfa_download_recovery_codes mfa_generate_recovery_codes mfa_index
    mfa_list_webauthn mfa_reauthenticate
    mfa_reauthenticate_webauthn mfa_view_recovery_codes socialaccount_login_cancelled
    socialaccount_login_error"""
OF_MATTER = {
    "inbox": """find take-up decide-now hand-over hand-to-team prepare ask-for-more decline send-out
        mark-secret""",
    "secret": "lift-secrecy",
    "of employee": "edit withdraw",
    "draft of employee": "preview hand-in hand-in-directly change-team delete-draft",
    "with employee": "handed-in receive answer hand-back take-back undo",
    "to the committee": "finish-preparation",
}


def lines(scene: Scene) -> dict[str, Line]:
    """`name` or `name, which one` of the table: where it is, and what a POST brings."""
    return {
        **{name: (reverse(name), {}) for name in ALLAUTH.split()},
        "account_reset_password_from_key": (
            reverse("account_reset_password_from_key", args=["1", "fel"]),
            {},
        ),
        "mfa_edit_webauthn": (reverse("mfa_edit_webauthn", args=[1]), {}),
        "mfa_remove_webauthn": (reverse("mfa_remove_webauthn", args=[1]), {}),
        "health": (reverse("health"), {}),
        "demo:index": (reverse("demo:index"), {}),
        "demo:answer": (reverse("demo:answer", args=[999]), {}),
        "demo:step-in": (reverse("demo:step-in", args=["chair"]), {}),
        "demo:step-in-as": (reverse("demo:step-in-as"), {"address": "ingen@alls.example"}),
        **_shared(),
        **_overview(),
        **_people(scene),
        **_administration(scene),
        **_calendars(scene),
        **_matters(scene),
        **_decisions(scene),
        **_mandates(scene),
        **_schemes(scene),
        **agenda_lines(scene),
        **advice_lines(scene),
        **live_lines(scene),
        **minutes_lines(scene),
        **planning_lines(scene),
        **climate_answering_lines(scene),
        **round_lines(scene),
        **climate_report_lines(scene),
        **climate_conversation_lines(scene),
        **climate_feedback_lines(scene),
    }


def _shared() -> dict[str, Line]:
    names = "about accessibility components help protection theme"
    return {
        **{f"shared:{name}": (reverse(f"shared:{name}"), {}) for name in names.split()},
        "shared:feedback": (reverse("shared:feedback"), {"text": "Knappen är för liten.", "page": "/"}),
    }


def _overview() -> dict[str, Line]:
    sought = f"?q={COMMON}"
    return {
        "overview:home": (reverse("overview:home"), {}),
        "overview:waiting": (reverse("overview:waiting"), {}),
        "overview:search": (reverse("overview:search") + sought, {}),
        "overview:search, people": (reverse("overview:search") + "?q=sixten", {}),
    }


def _people(scene: Scene) -> dict[str, Line]:
    sender = scene["sender"]
    return {
        "people:units": (reverse("people:units"), {}),
        "people:unit": (reverse("people:unit", args=[scene.things["service"].code]), {}),
        "people:person": (reverse("people:person", args=[sender.pk]), {}),
        "people:person, closed": (reverse("people:person", args=[_pk(scene, "closed person")]), {}),
        "people:account": (
            reverse("people:account"),
            {"language": "en", "theme": "dark", "has_shortcuts": "", "has_digest": ""},
        ),
        "people:log": (reverse("people:log"), {}),
        "people:set-language": (reverse("people:set-language"), {"language": "en"}),
        "people:toggle-shortcuts": (reverse("people:toggle-shortcuts"), {}),
    }


def _administration(scene: Scene) -> dict[str, Line]:
    sender, team = scene["sender"], _team(scene, "team")
    run, mail, role = (_pk(scene, name) for name in ("run", "mail", "role"))
    today = timezone.localdate().isoformat()
    seat = [team.slug, _pk(scene, "seat of coach in team")]
    who = {"given_name": "Sixten", "family_name": "Sändare", "email": sender.email}
    plain = """administration import-template export-organisation people admin-teams audit-log
        export-audit-log outbox jobs retention"""
    upload = {"upload": SimpleUploadedFile("a.xlsx", organisation()), "scope": "del", "effective_on": today}
    kept = retention_revision(RetentionRule.objects.get(record_type="matters.matter"))
    due = to_dispose_for(scene["owner"], "matters.matter")
    of_team = {"name": "Ny grupp", "unit": team.unit.code, "level": "office"}
    sent: dict[str, tuple[list[Any], Sent]] = {
        "import": ([], upload),
        "import-run": ([run], {}),
        "import-lines": ([run], {}),
        "apply-import": ([run], {}),
        "drop-import": ([run], {}),
        "add-person": ([], {"given_name": "Ny", "family_name": "Person", "email": "ny@demo.example"}),
        "edit-person": ([sender.pk], {**who, "given_name": "Sixten Ny", "known": person_revision(sender)}),
        "give-role": ([sender.pk], {"role": "hr_developer", "valid_from": today}),
        "end-role": ([sender.pk, role], {}),
        "deactivate-person": ([sender.pk], {}),
        "reactivate-person": ([_pk(scene, "closed person")], {}),
        "create-team": ([], of_team),
        "edit-team": ([team.slug], {**of_team, "known": team_revision(team)}),
        "add-member": ([team.slug], {"person": sender.email, "role": "member", "valid_from": today}),
        "change-chair": ([team.slug], {"person": sender.email, "valid_from": today, "stays": "leaves"}),
        "end-member": (seat, {"last_day": today}),
        "end-team": ([team.slug], {}),
        "send-mail-again": ([mail], {}),
        "disposal": ([], {}),
        "disposal-record": ([], {}),
        "dispose": (["matters.matter"], {"known": due.mark, "is_sure": "on"}),
        "change-retention": (
            ["matters.matter"],
            {"keep_years": "7", "decision_reference": "Dnr 1", "known": kept},
        ),
    }
    return {
        **{f"people:{name}": (reverse(f"people:{name}"), {}) for name in plain.split()},
        "people:people, found": (reverse("people:people") + f"?q={sender.family_name}", {}),
        "people:people, closed": (reverse("people:people") + "?q=gången", {}),
        "people:import-lines, new": (reverse("people:import-lines", args=[run]) + "?visa=new.person", {}),
        "people:import-run, new": (reverse("people:import-run", args=[run]) + "?visa=new.person", {}),
        **{
            f"people:{name}": (reverse(f"people:{name}", args=args), data)
            for name, (args, data) in sent.items()
        },
    }


def _calendars(scene: Scene) -> dict[str, Line]:
    names = "calendar-settings make-calendar-key revoke-calendar-key choose-invitations"
    return {
        **{
            f"meetings:{name}": (reverse(f"meetings:{name}"), {"known": "", "has_invitations": "on"})
            for name in names.split()
        },
        "meetings:calendar-feed": (
            reverse("meetings:calendar-feed", args=[scene.things["calendar secret"]]),
            {},
        ),
        "meetings:calendar-feed, wrong": (reverse("meetings:calendar-feed", args=["fel"]), {}),
    }


def _matters(scene: Scene) -> dict[str, Line]:
    team, others = _team(scene, "team"), _team(scene, "other team")
    found: dict[str, Line] = {}
    for name in ("mine", "left-behind", "choose-team", "teams"):
        found[f"matters:{name}"] = (reverse(f"matters:{name}"), {})
    for name, text in (("suggest-people", "sixten"), ("suggest-units", "service")):
        found[f"matters:{name}"] = (
            reverse(f"matters:{name}") + f"?owner={text}&more_units={text}&to={text}",
            {},
        )
    for name in ("team", "mirror", "queue", "all", "write", "archive"):
        data = {"question": "Ska vi?", "utkast": "1"} if name == "write" else {}
        found[f"matters:{name}"] = (reverse(f"matters:{name}", args=[team.slug]), data)
    found["matters:all, found"] = (reverse("matters:all", args=[team.slug]) + f"?text={COMMON}", {})
    found["matters:choose-team, found"] = (reverse("matters:choose-team") + "?q=kontorets", {})
    found["matters:team, of others"] = (reverse("matters:team", args=[others.slug]), {})
    for which in [
        *(state.value for state in MatterState),
        *OF_MATTER,
        "asked",
        "refused",
        "answered once",
        "closed long ago",
    ]:
        at = [team.slug, _pk(scene, f"matter {which}")]
        found[f"matters:show, {which}"] = (reverse("matters:show", args=at), {})
    for which in ("of others", "moved away in secret"):
        at = [others.slug, _pk(scene, f"matter {which}")]
        found[f"matters:show, {which}"] = (reverse("matters:show", args=at), {})
    left: Any = scene.things["matter left behind"]
    found["matters:show, left behind"] = (reverse("matters:show", args=[left.team.slug, left.pk]), {})
    for which, names in OF_MATTER.items():
        for name in names.split():
            pk = _pk(scene, f"matter {which}")
            args = [pk] if name == "find" else [team.slug, pk]
            found[f"matters:{name}"] = (
                reverse(f"matters:{name}", args=args),
                _sent_to_matter(scene, name, which),
            )
    for which in ("inbox", "draft"):
        at = [team.slug, _pk(scene, f"matter {which}"), _pk(scene, f"material {which}")]
        found[f"matters:download, {which}"] = (reverse("matters:download", args=at), {})
    return found


def _sent_to_matter(scene: Scene, name: str, which: str) -> Sent:
    sender, others = scene["sender"], _team(scene, "other team")
    week = (timezone.localdate() + dt.timedelta(days=7)).isoformat()
    matter: Any = scene.things[f"matter {which}"]
    matter.refresh_from_db()
    sent: dict[str, Sent] = {
        "mark-secret": {"ground": "OSL 21 kap. 7 §"},
        "take-up": {"purpose": "decision", "level": "tactical", "outcome": "Ett beslut"},
        "hand-over": {"to": sender.email, "answer_by": week},
        "hand-to-team": {"to": others.slug, "answer_by": week},
        "prepare": {"report": "Ska vi?", "owner": sender.email},
        "ask-for-more": {"note": "Vad kostar det?"},
        "decline": {"note": "Nej.", "home": "Enheten"},
        "decide-now": _decided(scene["chair"]),
        "edit": {"question": "Ska vi nu?", "why_us": "Ja.", "asked": "decision", "owner": sender.email},
        "change-team": {"to": others.slug, "team": others.slug},
        "hand-in-directly": {"to": sender.email, "answer_by": week},
        "answer": {"answer": "Ja."},
        "hand-back": {"reason": "Nej."},
        "take-back": {"taken_back": "Hon har slutat."},
        "finish-preparation": {"reference": "UN 2026/41"},
    }
    return {"revision": matter.revision, **sent.get(name, {})}


def _decided(owner: Person) -> Sent:
    return {
        "text": "Receptionen har jour.",
        "reasons": "Många hör av sig.",
        "owner": owner.pk,
        "due_in": "2v",
        "effect_question": "Andel svar i tid",
        "right": "arbetsledning",
    }


def _decisions(scene: Scene) -> dict[str, Line]:
    team, chair = _team(scene, "team"), scene["chair"]
    day = timezone.localdate().isoformat()
    sent: dict[str, Sent] = {
        "replace-decision": _decided(chair),
        "report-progress": {"what": "klart"},
        "follow-effect": {"verdict": "clear", "note": "Det syns."},
        "move-due": {"due_on": day, "reason": "Skäl"},
        "register-decision": {"registry_number": "1"},
        "create-action": {"text": "Boka", "owner": chair.pk, "due_on": day},
        "take-on": {},
        "confirm-receipt": {},
        "undo-decision": {},
    }
    old = {"follow-effect": "follow-effect", "reopen-decision": "", "review-decision": ""}
    found: dict[str, Line] = {}
    for name in ("index", "export-log", "archive", "report-to-committee", "export-report", "action-list"):
        data = {"text": "Boka", "owner": chair.pk, "due_on": day} if name == "action-list" else {}
        found[f"decisions:{name}"] = (reverse(f"decisions:{name}", args=[team.slug]), data)
    found["decisions:index, found"] = (reverse("decisions:index", args=[team.slug]) + f"?sok={COMMON}", {})
    found["decisions:action-list, done"] = (
        reverse("decisions:action-list", args=[team.slug]) + "?visa=klara",
        {},
    )
    others = [_team(scene, "other team").slug]
    found["decisions:action-list, of others"] = (reverse("decisions:action-list", args=others), {})
    for which in ("plain", "secret", "marked", "old", "of others"):
        found[f"decisions:show, {which}"] = (_at(scene, "show", which), {})
    for name in [*sent, *old]:
        found[f"decisions:{name}"] = (_at(scene, name, "old" if name in old else "plain"), sent.get(name, {}))
    of_actions = {"show": "open", "complete": "open", "withdraw": "open", "reopen": "done"}
    for name, which in ((f"{verb}-action", which) for verb, which in of_actions.items()):
        at = [team.slug, _pk(scene, f"action {which}")]
        found[f"decisions:{name}"] = (reverse(f"decisions:{name}", args=at), {"due_on": day})
    return found


def _at(scene: Scene, name: str, which: str) -> str:
    decision: Any = scene.things[f"decision {which}"] if which != "old" else scene.things["old decision"]
    args = [decision.team.slug, decision.year, decision.week, decision.sequence]
    return reverse(f"decisions:{name}", args=args)


def _mandates(scene: Scene) -> dict[str, Line]:
    team, second, third = (_team(scene, name) for name in ("team", "second team", "third team"))
    rule: Any = scene.things["rule of draft"]
    rule.mandate.refresh_from_db()
    proposal: Any = scene.things["proposal"]
    proposal.refresh_from_db()
    revision = {"revision": rule.mandate.revision}
    in_a_year = (timezone.localdate() + dt.timedelta(days=365)).isoformat()
    kept: Any = scene.things["rule in force"]
    told = {**revision, "concerns": "Nya frågor", "destination": "meeting"}
    on_team: dict[str, tuple[list[Any], Sent]] = {
        "show": ([], {}),
        "versions": ([], {}),
        "compare": ([], {}),
        "archive": ([], {}),
        "check": ([], {}),
        "keep-mandate": ([], {}),
        "discard-draft": ([], {}),
        "propose-mandate": ([], {**revision, "review_on": in_a_year}),
        "rules": ([], {}),
        "add-rule": ([], told),
        "change-rule": ([rule.pk], told),
        "move-rule": ([rule.pk], {"flytta": "ned"}),
        "remove-rule": ([rule.pk], revision),
        "reopen-rule": ([kept.key], {}),
        "answer": (["syfte"], {**revision, "purpose": "Ett nytt syfte."}),
    }
    on_second: dict[str, Sent] = {
        "proposal": {},
        "confirm-mandate": {"revision": proposal.revision},
        "ask-for-change": {"text": "Ändra syftet."},
        "withdraw-proposal": {},
        "adopt-mandate": {},
    }
    versions = {"adopted": (team, 1), "draft": (team, 2), "proposed": (second, 1)}
    return {
        **{
            f"mandates:{name}": (reverse(f"mandates:{name}", args=[team.slug, *args]), data)
            for name, (args, data) in on_team.items()
        },
        **{
            f"mandates:{name}": (reverse(f"mandates:{name}", args=[second.slug]), data)
            for name, data in on_second.items()
        },
        "mandates:compare, both": (reverse("mandates:compare", args=[team.slug]) + "?fran=1&till=2", {}),
        "mandates:check, of others": (reverse("mandates:check", args=[_team(scene, "other team").slug]), {}),
        "mandates:show, proposed": (reverse("mandates:show", args=[second.slug]), {}),
        "mandates:start-draft": (reverse("mandates:start-draft", args=[third.slug]), {"source": "office"}),
        **{
            f"mandates:version, {name}": (reverse("mandates:version", args=[of_team.slug, number]), {})
            for name, (of_team, number) in versions.items()
        },
    }


def _schemes(scene: Scene) -> dict[str, Line]:
    scheme: Any = scene.things["scheme"]
    coming: Any = scene.things["coming scheme"]
    code = scheme.committee.code
    args: dict[str, list[Any]] = {
        "schemes": [],
        "scheme": [code],
        "scheme-history": [code],
        "scheme-workbook": [code],
        "scheme-version": [code, scheme.valid_from],
        "withdraw-scheme": [code, coming.valid_from],
        "read-scheme": [],
        "scheme-template": [],
        "review-scheme": [],
        "put-in-force": [],
        "drop-waiting-scheme": [],
    }
    file = SimpleUploadedFile("ny.xlsx", workbook([*RESERVED_ROWS, EXAMPLE]))
    later = (timezone.localdate() + dt.timedelta(days=90)).isoformat()
    sent: dict[str, Sent] = {
        "put-in-force": {"waiting": _pk(scene, "waiting scheme")},
        "drop-waiting-scheme": {"waiting": _pk(scene, "waiting scheme")},
        "read-scheme": {"committee": scheme.committee_id, "valid_from": later, "file": file},
    }
    return {
        f"mandates:{name}": (reverse(f"mandates:{name}", args=values), sent.get(name, {}))
        for name, values in args.items()
    }


def _pk(scene: Scene, name: str) -> int:
    return int(scene.things[name].pk)


def _team(scene: Scene, name: str) -> Team:
    team = scene.things[name]
    assert isinstance(team, Team)
    return team
