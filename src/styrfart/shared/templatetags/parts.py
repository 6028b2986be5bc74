"""The components of the design system as template tags, available in every template without `load`.

See them all at /komponenter/ (template: shared/components.html). Texts are given as `_("…")` or variables;
everything is escaped. "block": the tag takes content up to `{% end<name> %}`. › stands for what goes inside.

PAGE: extend `shared/base.html`. Blocks: title, h1, lead (a <p>), crumb, content; hero (replaces h1, lead
and crumb); layout (class of the wrapper: `one`; or `cols`, with <div class="stack"> in content
and <aside class="stack aside-grid" aria-label> in block aside); hero_class (` hero--home`: a taller hero);
body (replaces the wrapper). Narrow reading width: <div class="narrow"> or <div class="text narrow">.
  htmx_where_used                   block; for base.html alone: fetches htmx where something is exchanged
  kept LANGUAGE_CODE                block; drawn once for each value: name all that the content depends on
  icon "search"                     also help shield arrow back up down tick plus park file people
  crumbs _("Ledningsgruppen") "/lg/" team.name url _("Ärenden")      label, address, …, last this page
  section _("Väntar på dig") link=_("Alla") url=… number=3 what=_("saker")   block; h2, link, count
  panel tight=True                                      block; `tight` for lists and tables
  count 3 _("saker")                                    the magenta badge alone
  empty _("Inget väntar på dig.")                       block; content: what will appear and how, buttons
  tabs _("Beslut") small=True › tab _("Öppna") url current=True number=4     block › tag; `small` for rows
  filters form verb=_("Visa")                           a GET form in one row
  pagination page                                       ?sida=2, keeps other parameters
  table_wrap _("Beslut") plain=True                     block around <table>: scroll box with a name
  facts › fact _("Ägare")                               block › block; an empty fact disappears
  avatar person · person_chip person note=… url=…       a person has `initials` and a str()
  diff before after before_title=… after_title=…        two texts side by side, changes marked
  receipt message undo=url verb=_("Ångra") draft=key    base.html shows messages with it: shared.receipts.tell
Buttons are classes: btn, btn btn--main (one a view), btn--s (in rows), btn--quiet (way out), btn--grave (ends
something), linkish (a button that reads as a link), inside <div class="acts">. Rows: <ul class="rows">.

THE TWELVE
  1 waiting_list › waiting_row title why url verb main=True          block › tag
  2 matter_card title sender=… url=… › route_box _("Mandatet föreslår: …")   block › block, content: the rule
  3 agenda panel=True › agenda_item what minutes=… move=url first=… last=…   block › block, content: the rest
  4 logbook › decision_record number decided_on meta=… url=… kind=…  block › block, content: the words
    proposal by=… title=…                               block; what is on the table, in serif
  5 decision_track 3 word=_("I tid") tone="none"        step 1–4; in <ul class="track-list"><li>
  6 status _("Sex dagar sent") "late"                   none going ok late you
  7 question_page form progress=… verb=… back=url draft=key action=url       the whole form, one question
  8 promise _("Ditt svar …")                            block
  9 error_summary form _("Rätta en sak innan …")        first in the content; several forms may be given
    {{ form }} or {{ form.name.as_field_group }}        label, hint, error; "(frivilligt)" unless the form has
                                                        marks_optional = False; a choice field may have
                                                        hints = {value: line}
 10 answers › answer _("Prövas av") change=url what=_("vilka som prövar")    block › block
 11 figure say what=… › band_key now earlier=… › band_rows axis=True › band_row name value low high
                      top=100 earlier=… few=…
                      › figure_table csv=…              blocks
    dots done total marks=[…]                           block; "8 av 11" with dots, content: of what
    gauge › gauge_row term number note=…                block › block
    strip parts                                         minutes per purpose: label, minutes, tone d1–d4
 12 protected_cell                                      a <td> that is not shown

FILTERS
  day            8 oktober 2026       day_short  8 oktober           weekday   torsdag 8 oktober
  clock          09.00                moment     8 oktober 2026 klockan 09.00
  due            i dag, i morgon, om tre dagar, sex dagar sent; the date when more than 13 days ahead
  ago            i dag, i går, för tre dagar sedan; the date when longer ago
  in_words       tre; `in_words:"ett"` before ett-words              kronor    12 500 kronor / SEK 12,500
  number         12 500               percent    0.87 → 87 procent   iso_day   2026-10-08 (attributes only)
  in_sentence    a title inside a sentence: kontorschef, HR-chef
  plain          an id for a machine: numbers in templates are otherwise written "12 500"

FORMS: <form method="post" novalidate class="form" data-draft="matter-new"> keeps what is typed on this
computer until the server has confirmed it. `shared.forms`: DayField, KronorField. data-shortcut="1" on a
button or link makes a key of it, when the reader has shortcuts on; show the key as <kbd class="kbd">1</kbd>.
"""

from django import template

from styrfart.shared.templatetags import components, drawings, furniture, kept, words

register = template.Library()
for library in (words, furniture, components, drawings, kept):
    register.tags.update(library.register.tags)
    register.filters.update(library.register.filters)
