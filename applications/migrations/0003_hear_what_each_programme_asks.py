"""Answers of the phone screening stand in `told`, by the codes of the programme; no longer in columns of one programme."""

from django.db import migrations

COLUMNS = ("fever_or_infection", "needs_medical_care", "lacks_support", "unwell_or_anxious", "resident")


def keep_by_code(apps, schema_editor):
    """What stands in `told` already was said later than what stands in a column."""
    for hearing in _hearings(apps, schema_editor):
        in_columns = {code: getattr(hearing, code) for code in COLUMNS if getattr(hearing, code) is not None}
        hearing.told = {**in_columns, **hearing.told}
        hearing.save(update_fields=["told"])


def keep_in_columns(apps, schema_editor):
    """Answers stay in `told` too, where the state before this migration reads them first."""
    for hearing in _hearings(apps, schema_editor):
        for code in COLUMNS:
            setattr(hearing, code, hearing.told.get(code))
        hearing.save(update_fields=COLUMNS)


def _hearings(apps, schema_editor):
    return apps.get_model("applications", "Hearing").objects.using(schema_editor.connection.alias).iterator()


class Migration(migrations.Migration):

    dependencies = [
        ("applications", "0002_ask_what_each_programme_asks"),
    ]

    operations = [
        migrations.RunPython(keep_by_code, keep_in_columns),
        *(migrations.RemoveField(model_name="hearing", name=code) for code in COLUMNS),
    ]
