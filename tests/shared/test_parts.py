"""The components: what they write, that they escape, and that they say in words what they draw."""

import datetime as dt
from typing import Any

import pytest
from django import forms
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils.translation import override

from styrfart.shared.templatetags import components, drawings, furniture, kept, parts, words

EVIL = '<script>alert("x")</script>'
SAFE = "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"


def drawn(source: str, **context: Any) -> str:
    """The template as a reader of Swedish gets it."""
    with override("sv"):
        return Template(source).render(Context({"csrf_token": "t0ken", **context}))


def test_every_tag_is_offered_and_described_where_engineers_look() -> None:
    made = {
        name
        for library in (components, drawings, furniture, kept, words)
        for name in {**library.register.tags, **library.register.filters}
    }
    assert set(parts.register.tags) | set(parts.register.filters) == made
    described = parts.__doc__ or ""
    inner = {"field_kind", "hint_for"}  # used by field.html alone
    assert {name for name in made - inner if name not in described} == set()


@pytest.mark.parametrize(
    "source",
    [
        "{% waiting_list %}{% waiting_row x x '/' x %}{% endwaiting_list %}",
        "{% matter_card x sender=x url='/' %}{% route_box x %}{{ x }}{% endroute_box %}{% endmatter_card %}",
        "{% agenda %}{% agenda_item x minutes=x move='/m' %}{{ x }}{% endagenda_item %}{% endagenda %}",
        "{% decision_record x day meta=x url='/' kind=x %}{{ x }}{% enddecision_record %}",
        "{% proposal by=x title=x %}{{ x }}{% endproposal %}",
        "{% decision_track 2 word=x %}",
        "{% status x %}",
        "{% promise x %}{{ x }}{% endpromise %}",
        "{% answers %}{% answer x change='/' what=x %}{{ x }}{% endanswer %}{% endanswers %}",
        "{% figure x what=x %}{% figure_table csv='/x' %}{{ x }}{% endfigure_table %}{% endfigure %}",
        "{% band_rows %}{% band_row x 1 0 2 %}{{ x }}{% endband_row %}{% endband_rows %}",
        "{% dots 1 2 %}{{ x }}{% enddots %}",
        "{% gauge %}{% gauge_row x x note=x %}{{ x }}{% endgauge_row %}{% endgauge %}",
        "{% strip minutes %}",
        "{% crumbs x '/' x %}",
        "{% section x link=x url='/' number=1 what=x %}{{ x }}{% endsection %}",
        "{% empty x %}{{ x }}{% endempty %}",
        "{% facts %}{% fact x %}{{ x }}{% endfact %}{% endfacts %}",
        "{% table_wrap x %}{{ x }}{% endtable_wrap %}",
        "{% tabs x %}{% tab x '/' %}{% endtabs %}",
        "{% person_chip x note=x url='/' %}",
        "{% diff x '' before_title=x %}",
        "{% receipt x undo='/u' verb=x %}",
    ],
)
def test_a_component_escapes_what_it_is_given(source: str) -> None:
    html = drawn(
        source, x=EVIL, day=dt.date(2026, 10, 8), minutes=[{"label": EVIL, "minutes": 5, "tone": "d1"}]
    )
    assert "<script>" not in html
    assert SAFE in html or "&lt;" in html


def test_a_component_keeps_the_markup_of_its_content() -> None:
    html = drawn(
        "{% panel %}<p>{{ x }}</p>{% endpanel %}{% promise 'Ord' %}<p>Mer</p>{% endpromise %}", x="<"
    )
    assert html.startswith('<div class="panel panel--pad"><p>&lt;</p></div>')
    assert "<p><b>Ord</b></p><p>Mer</p>" in html


def test_a_waiting_row_has_one_verb_that_says_of_what() -> None:
    assert drawn("{% waiting_row 'Fyra ärenden' 'Sedan i fredags.' '/s/' 'Sortera' main=True %}") == (
        "<li><h3>Fyra ärenden</h3><p>Sedan i fredags.</p>"
        '<a class="btn btn--main" href="/s/">Sortera<span class="vh">: Fyra ärenden</span></a></li>'
    )


@pytest.mark.parametrize(
    ("step", "says"),
    [
        (1, "Steg 1 av 4, beslutat."),
        (2, "Steg 2 av 4, fördelat."),
        (3, "Steg 3 av 4, gjort."),
        (4, "effekt följd."),
    ],
)
def test_a_decision_track_says_in_words_what_it_draws(step: int, says: str) -> None:
    html = drawn("{% decision_track step %}", step=step)
    assert says in html
    assert html.count("g-fill") == step
    assert html.count("g-hollow") == 4 - step


@pytest.mark.parametrize(
    "source", ["{% decision_track 5 %}", "{% decision_track 0 %}", "{% status 'x' 'red' %}"]
)
def test_a_step_or_tone_that_does_not_exist_is_refused(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        drawn(source)


def test_an_agenda_item_moves_by_buttons_and_not_past_the_ends() -> None:
    first = drawn("{% agenda_item 'Budget' move='/m' first=True %}{% endagenda_item %}")
    middle = drawn("{% agenda_item 'Budget' move='/m' %}{% endagenda_item %}")
    assert 'aria-label="Flytta Budget nedåt"' in first
    assert "uppåt" not in first
    assert middle.count("<button") == 2
    assert 'name="csrfmiddlewaretoken" value="t0ken"' in middle


def test_dots_show_which_and_how_many() -> None:
    html = drawn("{% dots 2 3 marks=marks %}beslut i tid{% enddots %}", marks=[True, False, True])
    assert (html.count("g-fill"), html.count("g-hollow")) == (2, 1)
    assert '<span class="big__n">2 <small>av 3</small></span>' in html
    assert "<svg" not in drawn("{% dots 0 0 %}beslut{% enddots %}")


def test_a_strip_adds_up_and_names_each_purpose_once() -> None:
    minutes = [
        {"label": "Besluta", "minutes": 20, "tone": "d1"},
        {"label": "Veta", "minutes": 10, "tone": "d4"},
        {"label": "Besluta", "minutes": 20, "tone": "d1"},
    ]
    html = drawn("{% strip minutes %}", minutes=minutes)
    assert html.count("<li>") == 2
    assert "Besluta 40 min" in html
    assert 'x="0.000%"' in html
    assert 'x="40.000%"' in html
    assert 'x="60.000%"' in html
    assert drawn("{% strip minutes %}", minutes=[]) == ""


def test_a_count_of_nothing_is_not_shown() -> None:
    assert drawn("{% count 0 'saker' %}") == ""
    assert drawn("{% count 3 'saker' %}") == '<span class="count">3<span class="vh"> saker</span></span>'


def test_a_fact_without_content_is_left_out() -> None:
    html = drawn("{% facts %}{% fact 'A' %}{{ none }}{% endfact %}{% fact 'B' %}b{% endfact %}{% endfacts %}")
    assert html == '<dl class="kv"><div><dt>B</dt><dd>b</dd></div></dl>'


def test_what_changed_is_marked_and_read_out() -> None:
    html = drawn("{% diff 'Vi möts varannan vecka.' 'Vi möts varje vecka.' %}")
    assert '<del><span class="vh">borttaget: </span>varannan</del>' in html
    assert '<ins><span class="vh">tillagt: </span>varje</ins>' in html
    assert "Tomt" in drawn("{% diff '' 'Nytt' %}")


def test_page_numbers_keep_the_filters() -> None:
    pages = Paginator(range(50), 20)
    request = RequestFactory().get("/?ord=a%20b&sida=2")
    html = drawn("{% pagination page %}", page=pages.page(2), request=request)
    assert 'href="?ord=a+b&amp;sida=1"' in html
    assert 'href="?ord=a+b&amp;sida=3"' in html
    assert "Sida 2 av 3" in html
    assert drawn("{% pagination page %}", page=Paginator([1], 20).page(1), request=request) == ""


def test_a_receipt_carries_its_own_way_back() -> None:
    message = Message(25, "Beslutet är fattat.", extra_tags="undo=/beslut/1/angra/?a=b draft=new")
    html = drawn("{% receipt message %}", message=message)
    assert 'role="status"' in html
    assert 'action="/beslut/1/angra/?a=b"' in html
    assert 'data-draft-saved="new"' in html
    assert ">Ångra</button>" in html
    failed = drawn("{% receipt message %}", message=Message(40, "Det gick inte."))
    assert 'role="alert"' in failed
    assert "<form" not in failed


class Form(forms.Form):
    """One field of each kind."""

    name = forms.CharField(help_text="Som i registret", error_messages={"required": "Skriv ett namn"})
    way = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    note = forms.CharField(required=False, label="Notering")
    secret = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].hints = {"a": "Den första"}  # type: ignore[attr-defined]  # read by field.html


def test_a_field_is_read_out_with_its_hint_and_its_error() -> None:
    html = drawn("{{ form.name.as_field_group }}", form=Form({}))
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext">Som i registret' in html
    assert 'id="id_name_error"><span class="vh">Fel: </span>Skriv ett namn' in html
    assert 'class="input"' in html


def test_choices_are_a_group_with_a_name_and_hints() -> None:
    html = drawn("{{ form.way.as_field_group }}", form=Form())
    assert "<legend>Way</legend>" in html
    assert "<span>A<small>Den första</small></span>" in html
    assert "<span>B</span>" in html


def test_optional_fields_say_so_unless_the_form_is_a_filter() -> None:
    assert "(frivilligt)" in drawn("{{ form.note.as_field_group }}", form=Form())
    assert "(frivilligt)" not in drawn("{{ form.name.as_field_group }}", form=Form())
    quiet = Form()
    quiet.marks_optional = False  # type: ignore[attr-defined]  # read by the field
    assert "(frivilligt)" not in drawn("{{ form.note.as_field_group }}", form=quiet)


def test_the_summary_has_every_error_in_the_words_of_the_field_and_leads_there() -> None:
    form = Form({"secret": ""})
    form.add_error(None, "Någon annan har ändrat")
    html = drawn("{% error_summary form %}", form=form)
    assert '<a href="#id_name">Skriv ett namn</a>' in html
    assert '<a href="#id_way_0">' in html  # the first choice, since a group has no box of its own
    assert "<li>Någon annan har ändrat</li>" in html
    assert "Rätta fyra saker och försök igen" in html
    assert 'href="#id_secret"' not in html  # nobody can go there
    assert drawn("{% error_summary form %}", form=Form()).strip() == ""


def test_a_question_page_is_a_whole_form() -> None:
    html = drawn("{% question_page form progress='Fråga 1 av 6' back='/b/' draft='k' %}", form=Form())
    assert '<p class="muted">Fråga 1 av 6</p>' in html
    assert 'data-draft="k"' in html
    assert "novalidate" in html
    assert 'value="t0ken"' in html
    assert ">Fortsätt</button>" in html
    assert '<a class="btn btn--quiet" href="/b/">Tillbaka</a>' in html
