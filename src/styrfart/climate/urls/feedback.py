"""Addresses: feedback, 360, and how people work best."""

from django.urls import URLPattern, URLResolver, path

from styrfart.climate.views import feedback, reviews, ways

urlpatterns: list[URLPattern | URLResolver] = [
    path("aterkoppling/", feedback.feedback, name="feedback"),
    path("aterkoppling/ny/", feedback.ask_feedback, name="ask-feedback"),
    path("aterkoppling/svar/<int:pk>/", feedback.give_feedback, name="give-feedback"),
    path("aterkoppling/svar/<int:pk>/avsta/", feedback.decline_feedback, name="decline-feedback"),
    path("aterkoppling/fraga/<int:pk>/", feedback.feedback_request, name="feedback-request"),
    path("aterkoppling/fraga/<int:pk>/stang/", feedback.close_feedback, name="close-feedback"),
    path("aterkoppling/fraga/<int:pk>/dela/", feedback.share_feedback, name="share-feedback"),
    path(
        "aterkoppling/fraga/<int:pk>/sluta-dela/",
        feedback.stop_sharing_feedback,
        name="stop-sharing-feedback",
    ),
    path("aterkoppling/360/", reviews.reviews, name="reviews"),
    path("aterkoppling/360/ny/", reviews.new_review, name="new-review"),
    path("aterkoppling/360/<int:pk>/", reviews.review, name="review"),
    path("aterkoppling/360/<int:pk>/andra/", reviews.edit_review, name="edit-review"),
    path("aterkoppling/360/<int:pk>/starta/", reviews.start_review, name="start-review"),
    path("aterkoppling/360/<int:pk>/avbryt/", reviews.stop_review, name="stop-review"),
    path("aterkoppling/360/<int:pk>/dela/", reviews.share_review, name="share-review"),
    path("aterkoppling/360/<int:pk>/sluta-dela/", reviews.stop_sharing_review, name="stop-sharing-review"),
    path("sa-jobbar-jag/", ways.ways, name="ways"),
    path("sa-jobbar-jag/andra/", ways.edit_way, name="edit-way"),
    path("sa-jobbar-jag/ta-ner/", ways.take_down_way, name="take-down-way"),
    path("sa-jobbar-jag/lg/<slug:team>/", ways.ways_of_team, name="ways-of-team"),
    path("sa-jobbar-jag/enhet/<str:code>/", ways.ways_of_unit, name="ways-of-unit"),
]
