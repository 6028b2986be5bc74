"""What was done in the climate room, in the words of the log."""

from django.utils.translation import gettext_lazy as _

from styrfart.people.deeds import name_deeds

DEEDS = {
    "climate.plan_round": _("planerade pulsen"),
    "climate.change_round": _("ändrade pulsen"),
    "climate.launch_round": _("startade pulsen"),
    "climate.make_slips": _("gjorde lappar till pulsen"),
    "climate.stop_round": _("avbröt pulsen"),
    "climate.open_round": _("öppnade pulsen"),
    "climate.close_round": _("stängde pulsen"),
    "climate.count_round": _("räknade svaren i pulsen"),
    "climate.release_round": _("visade resultatet av pulsen"),
    "climate.check_release": _("kontrollerade rapporten från pulsen"),
    "climate.choose": _("skrev vad gruppen valde efter pulsen"),
    "climate.ask_whether_it_helped": _("frågade gruppen om det har hjälpt"),
    "climate.tell_done": _("berättade vad som är gjort efter pulsen"),
    "climate.take_back_told": _("tog bort vad som var gjort efter pulsen"),
    "climate.import_national": _("läste in nationella värden"),
    "climate.compose_instrument": _("började skriva formuläret"),
    "climate.change_instrument": _("ändrade formuläret"),
    "climate.make_instrument_ready": _("gjorde klart formuläret"),
    "climate.begin_version": _("började på en ny version av formuläret"),
    "climate.discard_instrument": _("slängde utkastet till formuläret"),
    "climate.retire_instrument": _("slutade använda formuläret"),
    "climate.record_result": _("skrev in ett resultat av"),
    "climate.import_results": _("läste in resultat av"),
    "climate.remove_result": _("tog bort ett resultat av"),
    "climate.ask_feedback": _("bad om"),
    "climate.close_feedback": _("avslutade"),
    "climate.answer_feedback": _("lämnade"),
    "climate.share_feedback": _("ändrade vem som får läsa"),
    "climate.plan_review": _("planerade en"),
    "climate.change_review": _("ändrade en"),
    "climate.start_review": _("startade en"),
    "climate.share_review": _("ändrade vem som får läsa en"),
    "climate.set_span_limits": _("satte gränser för hur många chefer leder i"),
    "climate.remove_span_limits": _("tog bort gränserna för hur många chefer leder i"),
    "climate.change_way": _("ändrade sin sida om att arbeta tillsammans"),
}

name_deeds(DEEDS)
