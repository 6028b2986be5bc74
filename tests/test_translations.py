"""Every text has an English translation with the same placeholders, and Swedish readers read Swedish."""

import pytest
from django.utils import translation

from tools import messages
from tools.messages import CannotRead, Text


@pytest.mark.parametrize("room", messages.rooms())
def test_every_text_of_a_room_is_translated(room: str) -> None:
    assert messages.faults(room) == []


def test_no_two_rooms_translate_a_text_differently() -> None:
    assert messages.contradictions() == []


@pytest.mark.parametrize("room", messages.rooms())
def test_a_swedish_text_is_not_taken_for_an_english_one(room: str) -> None:
    """Django has its own Swedish catalogue with English keys: "Person" there must not change ours."""
    changed = []
    with translation.override("sv"):
        for text in messages.texts_of(room):
            shown = (
                translation.pgettext(text.context, text.text)
                if text.context
                else translation.gettext(text.text)
            )
            if shown != text.text:
                changed.append((text.text, shown))
    assert changed == []


def test_python_texts_are_collected_with_plural_context_and_other_names() -> None:
    source = """
from django.utils.translation import gettext as _, gettext_lazy as later, ngettext, pgettext
from django.utils import translation
one = _("Ett")
two = later("Två")
three = ngettext("%(count)s sak", "%(count)s saker", 3)
four = pgettext("tal", "fyra")
five = translation.gettext("Fem")
six = other("Sex")
"""
    assert set(messages.in_python(source, "x.py")) == {
        Text("Ett"),
        Text("Två"),
        Text("%(count)s sak", plural="%(count)s saker"),
        Text("fyra", context="tal"),
        Text("Fem"),
    }


def test_a_text_that_is_put_together_cannot_be_collected() -> None:
    with pytest.raises(CannotRead, match=r"x.py:1"):
        list(messages.in_python('_("Hej " + name)', "x.py"))


def test_template_texts_are_collected_from_tags_variables_and_blocks() -> None:
    source = """{% load i18n %}{% comment %}{% translate "Inte denna" %}{% endcomment %}
{% translate "Hem" %}{% translate "mars" context "månad" %}{% section _("Väntar") link=_("Alla") %}
{{ name|default:_("ingen") }}{% translate "100 %" %}
{% blocktranslate trimmed with n=x %}
  Du har {{ n }}
  saker.
{% endblocktranslate %}
{% blocktranslate count n=x %}{{ n }} sak{% plural %}{{ n }} saker{% endblocktranslate %}"""
    assert set(messages.in_template(source, "x.html")) == {
        Text("Hem"),
        Text("mars", context="månad"),
        Text("Väntar"),
        Text("Alla"),
        Text("ingen"),
        Text("100 %%"),
        Text("Du har %(n)s saker."),
        Text("%(n)s sak", plural="%(n)s saker"),
    }


def test_a_placeholder_lost_in_translation_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from babel.messages.catalog import Catalog

    catalogue = Catalog(locale="en")
    catalogue.add("%(count)s saker", "things")
    monkeypatch.setattr(messages, "load", lambda _room: catalogue)
    monkeypatch.setattr(messages, "texts_of", lambda _room: {Text("%(count)s saker"), Text("Ny")})
    assert messages.faults("shared") == [
        "shared: '%(count)s saker': placeholders [] instead of ['%(count)s']",
        "shared: 'Ny' is missing: run extract",
    ]


def test_a_translation_survives_extraction_and_an_unused_one_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    from babel.messages.catalog import Catalog

    catalogue = Catalog(locale="en")
    catalogue.add("Hem", "Home")
    catalogue.add("Gammalt", "Old")
    monkeypatch.setattr(messages, "load", lambda _room: catalogue)
    monkeypatch.setattr(messages, "texts_of", lambda _room: {Text("Hem"), Text("Ny", plural="Nya")})
    merged = messages.merged("shared")
    assert [(entry.id, entry.string) for entry in merged if entry.id] == [
        ("Hem", "Home"),
        (("Ny", "Nya"), ("", "")),
    ]
    assert messages.written(merged) == messages.written(merged)
