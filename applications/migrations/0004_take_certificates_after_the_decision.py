"""A document that comes after the decision waits for the centre; those that are here were settled by their decision."""

import django_fsm
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("applications", "0003_hear_what_each_programme_asks"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="refusal",
            field=models.CharField(blank=True, max_length=200, verbose_name="使えない理由"),
        ),
        migrations.AddField(
            model_name="document",
            name="status",
            field=django_fsm.FSMField(
                choices=[
                    ("filed", "申請の書類"),
                    ("waiting", "確認待ち"),
                    ("accepted", "確認ずみ"),
                    ("refused", "使えません"),
                ],
                default="filed",
                max_length=50,
                protected=True,
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("status", "waiting")),
                fields=["municipality", "uploaded_at"],
                name="document_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "refused"), _negated=True),
                    models.Q(("refusal", ""), _negated=True),
                    _connector="OR",
                ),
                name="refused_document_says_why",
                violation_error_message="使えないときは、理由が必要です。",
            ),
        ),
    ]
