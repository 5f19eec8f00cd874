"""Letters of before: the household of the application, or of the approval that an amendment changed."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def name_households(apps, schema_editor):
    letters = apps.get_model("applications", "Letter").objects.filter(household=None)
    applications = apps.get_model("applications", "Application").objects.filter(pk=OuterRef("subject_id"))
    amendments = apps.get_model("applications", "Amendment").objects.filter(pk=OuterRef("subject_id"))
    letters.filter(subject_kind="application").update(
        household=Subquery(applications.values("birth__household_id")[:1])
    )
    letters.filter(subject_kind="amendment").update(
        household=Subquery(amendments.values("decision__application__birth__household_id")[:1])
    )


class Migration(migrations.Migration):

    dependencies = [("applications", "0017_send_letters_and_keep_addresses_back")]

    operations = [migrations.RunPython(name_households, migrations.RunPython.noop)]
