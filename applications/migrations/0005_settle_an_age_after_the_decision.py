"""A birth keeps why its age is counted otherwise than the decision said."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("applications", "0004_take_certificates_after_the_decision"),
    ]

    operations = [
        migrations.AddField(
            model_name="birth",
            name="age_reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="月齢の数え方を変えた理由"),
        ),
    ]
