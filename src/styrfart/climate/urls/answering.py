"""Addresses of whoever answers: public, and without a session (`climate.middleware`)."""

from django.urls import URLPattern, URLResolver, path

from styrfart.climate.views import answering

urlpatterns: list[URLPattern | URLResolver] = [
    path("puls/", answering.enter, name="enter"),
    path("puls/<str:key>/", answering.answer_start, name="answer-start"),
    path("puls/<str:key>/<int:number>/", answering.answer_question, name="answer-question"),
    path("puls/<str:key>/ord/<int:number>/", answering.answer_text, name="answer-text"),
    path("puls/<str:key>/kontroll/", answering.answer_check, name="answer-check"),
    path("puls/<str:key>/skicka/", answering.answer_send, name="answer-send"),
    path("puls/<str:key>/klart/", answering.answer_done, name="answer-done"),
]
