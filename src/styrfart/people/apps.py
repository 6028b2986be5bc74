from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "styrfart.people"
    verbose_name = "Organisation"
