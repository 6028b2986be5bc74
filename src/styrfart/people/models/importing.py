"""An import of the organisation on its way: the files, what they would change, and what came of it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.people.models.person import Person


class ImportRun(models.Model):
    """An upload that has been read. Its files and lines are erased when it is applied, dropped or expires."""

    # None: from the command line.
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="import_runs")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    effective_on = models.DateField(_("gäller från"))
    # Whoever is not in the files has left. Otherwise the files are a part, and nothing is ended.
    is_whole = models.BooleanField(default=False)
    # What was shown: an import whose plan has moved since then is refused.
    plan_digest = models.CharField(max_length=64)
    counts = models.JSONField(default=dict)  # "person.new" -> 12, "error" -> 0
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.created_at):%Y-%m-%d %H:%M}"

    @property
    def has_differences(self) -> bool:
        """Whether anything would change."""
        return any(number for key, number in self.counts.items() if "." in key)

    @property
    def ends(self) -> bool:
        """Whether anything would end."""
        return any(number for key, number in self.counts.items() if key.endswith(".ended"))


class ImportFile(models.Model):
    """One uploaded file."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    content = models.BinaryField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class ImportLine(models.Model):
    """One thing that is wrong, or one object that would be new, changed or ended."""

    class Section(models.TextChoices):
        ERROR = "error", _("att rätta")
        WARNING = "warning", _("att känna till")
        NEW = "new", _("nya")
        CHANGED = "changed", _("ändrade")
        ENDED = "ended", _("avslutas")

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="lines")
    section = models.CharField(max_length=10, choices=Section)
    kind = models.CharField(max_length=10, blank=True)  # "unit", "person", "team"; empty for a fault
    position = models.PositiveIntegerField()
    # Told in the reader's language when shown: `importing.problems` and `importing.telling`.
    content = models.JSONField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "section", "kind", "position"], name="people_import_line_has_one_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.position}"
