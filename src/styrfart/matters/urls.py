"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

from styrfart.matters.views import desk, follow, hand_in, mine, mirror, records, room, route

app_name = "matters"

one_matter: list[URLPattern | URLResolver] = [
    path("", desk.show, name="show"),
    path("andra/", hand_in.edit, name="edit"),
    path("granska/", hand_in.preview, name="preview"),
    path("lamna-in/", hand_in.hand_in, name="hand-in"),
    path("lamna-direkt/", hand_in.hand_in_directly, name="hand-in-directly"),
    path("byt-grupp/", hand_in.change_team, name="change-team"),
    path("ta-bort/", hand_in.delete_draft, name="delete-draft"),
    path("inlamnat/", hand_in.handed_in, name="handed-in"),
    path("mote/", route.take_up, name="take-up"),
    path("besluta/", route.decide_now, name="decide-now"),
    path("lamna/", route.hand_over, name="hand-over"),
    path("annan-grupp/", route.hand_to_team, name="hand-to-team"),
    path("namnden/", route.prepare, name="prepare"),
    path("mer/", route.ask_for_more, name="ask-for-more"),
    path("nej/", route.decline, name="decline"),
    path("skriftligt/", route.send_out, name="send-out"),
    path("angra/", route.undo, name="undo"),
    path("ta-emot/", follow.receive, name="receive"),
    path("svara/", follow.answer, name="answer"),
    path("lamna-tillbaka/", follow.hand_back, name="hand-back"),
    path("till-kon/", follow.take_back, name="take-back"),
    path("berett/", follow.finish_preparation, name="finish-preparation"),
    path("ta-tillbaka/", follow.withdraw, name="withdraw"),
    path("sekretess/", records.mark_secret, name="mark-secret"),
    path("sekretess/hav/", records.lift_secrecy, name="lift-secrecy"),
    path("underlag/<int:pk>/", desk.download, name="download"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("lg/", room.teams, name="teams"),
    path("lg/<slug:slug>/", room.team, name="team"),
    path("lg/<slug:slug>/spegel/", mirror.mirror, name="mirror"),
    path("lg/<slug:slug>/arenden/", desk.queue, name="queue"),
    path("lg/<slug:slug>/arenden/arkiv.zip", records.archive, name="archive"),
    path("lg/<slug:slug>/arenden/alla/", desk.all_matters, name="all"),
    path("lg/<slug:slug>/arenden/nytt/", hand_in.write_new, name="write"),
    path("lg/<slug:slug>/arenden/<int:nr>/", include(one_matter)),
    path("arenden/", mine.mine, name="mine"),
    path("arenden/avslutade-grupper/", mine.left_behind, name="left-behind"),
    path("arenden/nytt/", hand_in.choose_team, name="choose-team"),
    path("arenden/personer/", mine.suggest_people, name="suggest-people"),
    path("arenden/enheter/", mine.suggest_units, name="suggest-units"),
    path("arenden/<int:nr>/", desk.find, name="find"),
]
