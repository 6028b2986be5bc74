"""What is kept is drawn once for each value, and is what it would have been."""

from collections.abc import Iterator

import pytest
from django import urls
from django.template import Context, Template
from django.utils import translation


def drawn(template: Template, **values: object) -> str:
    return template.render(Context(values))


def test_content_is_drawn_once_for_each_value() -> None:
    counted: Iterator[int] = iter(range(10))
    page = Template("{% kept LANGUAGE_CODE who %}<p>{{ count }} {{ who }}</p>{% endkept %}{{ count }}")

    def draw(language: str, who: str) -> str:
        return drawn(page, LANGUAGE_CODE=language, who=who, count=lambda: next(counted))

    assert draw("sv", "<Åsa>") == "<p>0 &lt;Åsa&gt;</p>1"
    assert draw("sv", "<Åsa>") == "<p>0 &lt;Åsa&gt;</p>2"
    assert draw("sv", "Bo") == "<p>3 Bo</p>4"
    assert draw("en", "Bo") == "<p>5 Bo</p>6"
    assert draw("sv", "<Åsa>") == "<p>0 &lt;Åsa&gt;</p>7"


def test_what_could_not_be_drawn_is_drawn_the_next_time() -> None:
    page = Template("{% kept LANGUAGE_CODE %}{% url address %}{% endkept %}")
    with pytest.raises(urls.NoReverseMatch):
        drawn(page, address="nowhere")
    assert drawn(page, address="overview:waiting") == urls.reverse("overview:waiting")


def test_kept_addresses_follow_where_the_installation_lies() -> None:
    page = Template("{% kept LANGUAGE_CODE %}{% url 'overview:waiting' %}{% endkept %}")
    assert drawn(page) == "/vantar/"
    urls.set_script_prefix("/styrning/")
    try:
        assert drawn(page) == "/styrning/vantar/"
    finally:
        urls.clear_script_prefix()
    assert drawn(page) == "/vantar/"


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("{% url 'people:unit' slug %}", "/enheter/u&amp;k/"),
        ("{% autoescape off %}{% url 'people:unit' slug %}{% endautoescape %}", "/enheter/u&k/"),
        ("{% url 'people:unit' code=slug %}", "/enheter/u&amp;k/"),
        ("{% url 'people:unit' slug as there %}<{{ there }}>", "</enheter/u&amp;k/>"),
        ("{% url 'matters:nowhere' as there %}<{{ there }}>", "<>"),
    ],
)
def test_an_address_in_a_template_is_djangos(tag: str, shown: str) -> None:
    assert drawn(Template(tag), slug="u&k") == shown


def test_the_frame_is_kept_for_each_language() -> None:
    page = Template('{% extends "shared/base.html" %}')
    told = {}
    for language in ("sv", "en", "sv"):
        with translation.override(language):
            told[language] = drawn(page, organisation_name="Norrby & Söder")
    assert "Hoppa till innehållet" in told["sv"]
    assert "Norrby &amp; Söder" in told["sv"]
    assert "Hoppa till innehållet" not in told["en"]
