"""What came of a file with national figures, in sentences."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrfart.climate.actions.national import Imported


def lines_of(outcome: Imported) -> Iterator[str]:
    """What was done, one sentence for each kind; at least one."""
    if not (outcome.new or outcome.changed or outcome.removed):
        yield _("Värdena fanns redan. Bara hämtningsdagen är ny.")
    counts = (
        (
            outcome.new,
            ngettext("%(count)s nytt värde är inläst.", "%(count)s nya värden är inlästa.", outcome.new),
        ),
        (
            outcome.changed,
            ngettext("%(count)s värde är ändrat.", "%(count)s värden är ändrade.", outcome.changed),
        ),
        (
            outcome.removed,
            ngettext(
                "%(count)s värde är borttaget: Kolada har tagit bort det.",
                "%(count)s värden är borttagna: Kolada har tagit bort dem.",
                outcome.removed,
            ),
        ),
        (
            outcome.empty,
            ngettext(
                "%(count)s år har inget värde i Kolada.",
                "%(count)s år har inget värde i Kolada.",
                outcome.empty,
            ),
        ),
        (
            outcome.left_out,
            ngettext(
                "%(count)s rad handlar inte om alla kommuner och är inte inläst.",
                "%(count)s rader handlar inte om alla kommuner och är inte inlästa.",
                outcome.left_out,
            ),
        ),
    )
    for count, words in counts:
        if count:
            yield words % {"count": count}
    if outcome.has_more:
        yield _("Filen är en sida av flera. Hämta nästa sida och läs in den också.")
