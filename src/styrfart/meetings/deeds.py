"""What was done in meetings, in the words of the log, beside those that `people.deeds` has."""

from django.utils.translation import gettext_lazy as _

from styrfart.people.deeds import name_deeds

name_deeds(
    {
        "meetings.plan_meeting": _("planerade mötet"),
        "meetings.change_meeting": _("ändrade mötet"),
        "meetings.begin_minutes": _("började skriva anteckningarna"),
        "meetings.edit_minutes": _("ändrade i anteckningarna"),
        "meetings.hand_over_minutes": _("lämnade över anteckningarna"),
        "meetings.approve_minutes": _("godkände anteckningarna"),
        "meetings.check_minutes": _("justerade anteckningarna"),
        "meetings.seal_minutes": _("låste anteckningarna"),
        "meetings.send_back_minutes": _("skickade tillbaka anteckningarna"),
        "meetings.correct_minutes": _("började rätta anteckningarna"),
        "meetings.register_minutes": _("ändrade diarienummer eller sekretess för anteckningarna"),
        "meetings.archive_minutes": _("hämtade anteckningar för e-arkivet från"),
        "meetings.take_up_parked": _("markerade en parkerad fråga som klar:"),
        "meetings.park_again": _("öppnade en parkerad fråga igen:"),
        # In an open meeting.
        "meetings.open_meeting": _("öppnade mötet"),
        "meetings.end_meeting": _("avslutade mötet"),
        "meetings.move_group": _("gick till punkten"),
        "meetings.put_off_item": _("bordlade punkten"),
        "meetings.return_item": _("lämnade tillbaka punkten"),
        "meetings.note_presence": _("antecknade närvaro på mötet"),
        "meetings.add_attendee": _("skrev upp någon på mötet"),
        "meetings.exclude": _("antecknade jäv på punkten"),
        "meetings.readmit": _("tog bort jäv på punkten"),
        "meetings.open_round": _("öppnade en runda på punkten"),
        "meetings.show_round": _("visade rundan på punkten"),
        "meetings.enter_note": _("antecknade"),
        "meetings.enter_parked": _("parkerade en fråga:"),
        "meetings.enter_action": _("förde in en åtgärd:"),
        "meetings.enter_decision": _("förde in ett beslut:"),
        "meetings.change_entry": _("ändrade posten"),
        "meetings.remove_entry": _("tog bort posten"),
        "meetings.restore_entry": _("tog tillbaka posten"),
        "meetings.follow_undone_decision": _("återtog beslutet i posten"),
        "meetings.add_item": _("lade till en punkt på dagordningen,"),
        "meetings.change_item": _("ändrade punkten"),
        "meetings.move_item": _("flyttade punkten"),
        "meetings.remove_item": _("tog bort punkten"),
        "meetings.postpone_item": _("bordlade punkten"),
        "meetings.mark_ready": _("sade att underlaget är klart till punkten"),
        "meetings.mark_not_ready": _("sade att underlaget inte är klart till punkten"),
        "meetings.add_material": _("lade till underlag till punkten"),
        "meetings.remove_material": _("tog bort underlag från punkten"),
        "meetings.call_meeting": _("skickade kallelse till mötet"),
    }
)
