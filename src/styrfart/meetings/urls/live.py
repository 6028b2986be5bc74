"""Addresses: The meeting while it goes on."""

from django.urls import URLPattern, URLResolver, path

from styrfart.meetings.views import attendance, live, positions, recording

NOW = "lg/<slug:team>/moten/<slug:day>/nu/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(NOW, live.live, name="live"),
    path(f"{NOW}laget/", live.live_state, name="live-state"),
    path(f"{NOW}stor/", live.live_room, name="live-room"),
    path(f"{NOW}oppning/", live.open_meeting, name="open"),
    path(f"{NOW}avslut/", live.end_meeting, name="end"),
    path(f"{NOW}punkt/", live.move_group, name="move-group"),
    path(f"{NOW}bordlaggning/", live.put_off_item, name="put-off-item"),
    path(f"{NOW}aterlamning/", live.return_item, name="return-item"),
    path(f"{NOW}anteckning/", recording.record_note, name="record-note"),
    path(f"{NOW}parkering/", recording.park_question, name="park-question"),
    path(f"{NOW}atgard/", recording.record_action, name="record-action"),
    path(f"{NOW}beslut/", recording.record_decision, name="record-decision"),
    path(f"{NOW}poster/<int:pk>/", recording.change_entry, name="change-entry"),
    path(f"{NOW}poster/<int:pk>/borttagning/", recording.remove_entry, name="remove-entry"),
    path(f"{NOW}poster/<int:pk>/aterstallning/", recording.restore_entry, name="restore-entry"),
    path(f"{NOW}poster/<int:pk>/atertagande/", recording.withdraw_action, name="withdraw-action"),
    path(f"{NOW}runda/", positions.open_round, name="open-round"),
    path(f"{NOW}runda/visning/", positions.show_round, name="show-round"),
    path(f"{NOW}runda/svar/", positions.take_position, name="take-position"),
    path(f"{NOW}redo/", positions.signal_ready, name="signal-ready"),
    path(f"{NOW}narvaro/", attendance.attendance, name="attendance"),
    path(f"{NOW}narvaro/<int:pk>/", attendance.note_presence, name="note-presence"),
    path(f"{NOW}narvaro/jag/", attendance.note_own_presence, name="note-own-presence"),
    path(f"{NOW}punkter/<int:pk>/jav/", attendance.exclude, name="exclude"),
    path(f"{NOW}punkter/<int:pk>/jav/<int:person>/", attendance.readmit, name="readmit"),
]
