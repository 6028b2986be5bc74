"""How every form field looks: one template, so that labels, hints and errors are alike everywhere."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Renders fields with the product's own templates (`shared/templates/django/forms/`)."""

    field_template_name = "shared/field.html"
