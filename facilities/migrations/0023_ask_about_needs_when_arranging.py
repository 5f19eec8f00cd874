from typing import Any

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def carry_allergies(apps: Any, schema_editor: Any) -> None:
    """What is asked already becomes a booking with what she wrote with her wish, as before."""
    wishes = apps.get_model("facilities", "Wish").objects.filter(pk=OuterRef("wish_id"))
    open_ones = apps.get_model("facilities", "Sounding").objects.filter(status__in=["asked", "accepted"])
    open_ones.update(allergies=Subquery(wishes.values("allergies")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("facilities", "0022_suggest_other_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="sounding",
            name="allergies",
            field=models.CharField(blank=True, max_length=100, verbose_name="食べ物のアレルギー"),
        ),
        migrations.AddField(
            model_name="wish",
            name="siblings",
            field=models.BooleanField(default=False, verbose_name="きょうだいも一緒に来る"),
        ),
        migrations.RunPython(carry_allergies, migrations.RunPython.noop),
    ]
