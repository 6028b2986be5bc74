"""Addresses: Minutes."""

from django.urls import URLPattern, URLResolver, path

from styrfart.meetings.views import minutes, minutes_answers, minutes_attendance, minutes_documents

HERE = "lg/<slug:team>/moten/<slug:day>/anteckningar/"
VERSION = f"{HERE}version/<int:version>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(HERE, minutes.show, name="minutes"),
    path(f"{HERE}borja/", minutes.begin, name="begin-minutes"),
    path(f"{HERE}text/<int:pk>/", minutes.edit_section, name="edit-section"),
    path(f"{HERE}narvaro/<int:pk>/", minutes_attendance.correct, name="correct-attendance"),
    path(f"{HERE}lamna/", minutes.hand_over, name="hand-over-minutes"),
    path(f"{HERE}ratta/", minutes.correct, name="correct-minutes"),
    path(f"{HERE}registrering/", minutes.register, name="register-minutes"),
    path(f"{HERE}godkann/", minutes_answers.approve, name="approve-minutes"),
    path(f"{HERE}justera/", minutes_answers.check, name="check-minutes"),
    path(f"{HERE}tillbaka/", minutes_answers.send_back, name="send-back-minutes"),
    path(VERSION, minutes.show_version, name="minutes-version"),
    path(f"{VERSION}kontroll/", minutes_documents.verify, name="verify-minutes"),
    path(f"{VERSION}anteckningar.pdf", minutes_documents.pdf, name="minutes-pdf"),
    path(f"{VERSION}anteckningar.docx", minutes_documents.word, name="minutes-word"),
    path(f"{VERSION}innehall.json", minutes_documents.content, name="minutes-content"),
    path(f"{VERSION}bilaga/<int:position>/", minutes_documents.attachment, name="minutes-attachment"),
    path(f"{VERSION}gor-i-ordning/", minutes_documents.prepare, name="prepare-minutes-pdf"),
]
