"""How every form field looks and what every form can read: dates and amounts as people write them."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils import dates, formats, timezone, translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

# Widgets that are not drawn as one box to write or choose in.
UNBOXED = (
    forms.HiddenInput,
    forms.MultipleHiddenInput,
    forms.CheckboxInput,
    forms.RadioSelect,
    forms.CheckboxSelectMultiple,
    forms.MultiWidget,
)


class Field(BoundField):
    """A field on a page: its box has our look, its hint and its error are read out with it."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        # A word in the box that goes when one writes is no label, and is mistaken for an answer.
        field.widget.attrs.pop("placeholder", None)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        if not isinstance(widget, UNBOXED):
            built["class"] = " ".join(
                dict.fromkeys(f"input {widget.attrs.get('class', '')} {built.get('class', '')}".split())
            )
        return built

    @property
    def first_id(self) -> str:
        """Where an error about the field leads: the box, or the first of its choices."""
        return self.id_for_label or f"{self.auto_id}_0"

    @property
    def is_optional(self) -> bool:
        """Whether the label says that the field may be left empty."""
        return not self.field.required and getattr(self.form, "marks_optional", True)


class Select(forms.Select):
    """A box to choose in, as Django draws it but without a template for each choice: lists may be long."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,  # noqa: ARG002  # no template is asked for
    ) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        groups = (
            format_html('<optgroup label="{}">{}</optgroup>', label, self._options(options))
            if label
            else self._options(options)
            for label, options, _index in widget["optgroups"]
        )
        drawn = format_html_join("", "{}", ((group,) for group in groups))
        return format_html('<select name="{}"{}>{}</select>', name, flatatt(widget["attrs"]), drawn)

    def _options(self, options: Iterable[dict[str, Any]]) -> SafeString:
        return format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((option["value"], flatatt(option["attrs"]), option["label"]) for option in options),
        )


class Renderer(DjangoTemplates):
    """Renders fields with the product's own templates; `{{ form }}` is its fields in order."""

    form_template_name = "shared/form.html"
    field_template_name = "shared/field.html"
    bound_field_class = Field


def _month_numbers() -> dict[str, int]:
    """Month names and their first three letters in both languages, to 1–12."""
    found: dict[str, int] = {}
    for language in ("sv", "en"):
        with translation.override(language):
            for number in range(1, 13):
                name = str(dates.MONTHS[number]).lower()
                found[name] = found[name[:3]] = number
    return found


def read_day(text: str, today: dt.date) -> dt.date:
    """The day that `text` means; without a year the next such day from `today`. ValueError if none.

    Reads 2026-12-15, 20261215, 15/12 2026, 15.12.2026, 15 december 2026, 15 dec, "den 15 december".
    """
    plain = re.sub(r"\s+", " ", text.strip().lower().removeprefix("den ").rstrip("."))
    if match := re.fullmatch(r"(\d{4})-?(\d{2})-?(\d{2})", plain):
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})(?::?[ae])?[ ./]+([a-zåäö]+|\d{1,2})(?:[ ./,-]+(\d{4}))?", plain):
        month = int(match[2]) if match[2].isdigit() else _month_numbers()[match[2].rstrip(".")]
        if match[3]:
            return dt.date(int(match[3]), month, int(match[1]))
        # 29 February may be up to eight years away.
        for year in range(today.year, today.year + 9):
            try:
                day = dt.date(year, month, int(match[1]))
            except ValueError:
                continue
            if day >= today:
                return day
    raise ValueError(text)


class DayInput(forms.TextInput):
    """A text box in which a day stands as readers write it."""

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, dt.date):
            return formats.date_format(value, "DATE_FORMAT")
        shown: str | None = super().format_value(value)
        return shown


class DayField(forms.DateField):
    """A day, written as people write days; `before`/`after` limits belong to the form's clean."""

    widget = DayInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Skriv datumet som 15 december 2026 eller 2026-12-15"),
        "required": _("Ange ett datum"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Till exempel 15 december 2026"))
        kwargs.setdefault("widget", DayInput(attrs={"class": "input--day", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        try:
            return read_day(str(value), timezone.localdate())
        except (ValueError, KeyError) as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class KronorField(forms.DecimalField):
    """An amount in kronor: "12 500", "12500 kr", "12 500,50" and "1,5 mnkr" are all read."""

    widget = forms.TextInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Skriv beloppet i kronor, till exempel 12 500"),
        "min_value": _("Skriv ett belopp som är noll eller större"),
    }
    UNITS: ClassVar[dict[str, int]] = {"": 1, "kr": 1, "kronor": 1, "sek": 1, "tkr": 1000, "mnkr": 1_000_000}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("I kronor, till exempel 12 500"))
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "input--number", "inputmode": "decimal"}))
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_digits", 14)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs take it for an int
        if value in self.empty_values:
            return None
        if isinstance(value, str):
            match = re.fullmatch(
                r"(?:sek)?(-?[\d.,]+)([a-z]*)", re.sub(r"[\s\u2009\u202f]", "", value.lower())
            )
            if not match or match[2] not in self.UNITS:
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            # A separator followed by exactly three digits groups thousands; any other is a decimal sign.
            number = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", match[1]).replace(",", ".")
            try:
                return super().to_python(Decimal(number) * self.UNITS[match[2]])
            except InvalidOperation as error:
                raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        return super().to_python(value)


class RevisionForm(forms.Form):
    """A deed that needs no words; carries which version of a row the page showed."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    @property
    def number(self) -> int:
        """The revision; -1, which nothing has, when it cannot be read."""
        return int(self.cleaned_data["revision"]) if self.is_valid() else -1


def upon(typed: Mapping[str, Any], revision: int) -> QueryDict:
    """What was typed, now upon a newer version of the row than the page showed, for the next try."""
    kept = QueryDict(mutable=True)
    kept.update(typed)
    kept["revision"] = str(revision)
    return kept


class FeedbackForm(forms.Form):
    """A remark, with or without a name."""

    text = forms.CharField(
        label=_("Vad vill du säga?"),
        help_text=_("Berätta vad du försökte göra och vad som hände. Skriv inget hemligt."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Skriv vad du vill säga")},
    )
    page = forms.CharField(label=_("Vilken sida gäller det?"), max_length=300, required=False)
    reply_to = forms.EmailField(
        label=_("Din e-postadress"),
        help_text=_("Bara om du vill ha svar. Annars är du anonym."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Skriv adressen som namn@exempel.se, eller lämna fältet tomt")},
    )


class WhereForm(forms.Form):
    """Which page a reader comes from, when the link says so."""

    sida = forms.CharField(max_length=300, required=False)


class PageForm(forms.Form):
    """Which page of a list is read: `?sida=2`."""

    sida = forms.CharField(max_length=20, required=False)

    @property
    def number(self) -> str:
        """The page asked for; empty when it cannot be read, which is the first page."""
        return self.cleaned_data.get("sida", "") if self.is_valid() else ""
