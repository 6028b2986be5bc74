from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def keep_one_a_day(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    """Of two letters on a Monday, the digest is the one that is remembered."""
    letters: Any = apps.get_model("overview", "Letter").objects
    digests = letters.filter(kind="digest", person=models.OuterRef("person"), on=models.OuterRef("on"))
    letters.filter(models.Exists(digests), kind="today").delete()


class Migration(migrations.Migration):
    dependencies = [("overview", "0001_initial")]

    operations = [
        migrations.RunPython(keep_one_a_day, migrations.RunPython.noop),
        migrations.RemoveConstraint("letter", "overview_letter_once"),
        migrations.RemoveField("letter", "kind"),
        migrations.AddConstraint(
            "letter", models.UniqueConstraint(fields=["person", "on"], name="overview_letter_one_a_day")
        ),
    ]
