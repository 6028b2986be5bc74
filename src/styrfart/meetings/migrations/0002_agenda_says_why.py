from django.db import migrations, models


class Migration(migrations.Migration):
    """What the latest notice said; why the meeting takes up what is information."""

    dependencies = [
        ("meetings", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="agendaitem",
            name="why_in_meeting",
            field=models.CharField(blank=True, max_length=200, verbose_name="varför mötet tar upp det"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="called_with",
            field=models.JSONField(default=dict),
        ),
    ]
