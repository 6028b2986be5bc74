from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "styrfart.demo"
    verbose_name = "Demonstration"
