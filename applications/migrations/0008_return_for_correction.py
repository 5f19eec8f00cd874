"""An application goes back to her to be corrected, and what she hands in meanwhile is held."""

import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0007_report_a_change"),
        ("eligibility", "0004_replay_in_parts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="document",
            name="status",
            field=django_fsm.FSMField(
                choices=[
                    ("held", "直している途中"),
                    ("filed", "申請の書類"),
                    ("replaced", "差し替え前"),
                    ("waiting", "確認待ち"),
                    ("accepted", "確認ずみ"),
                    ("refused", "使えません"),
                ],
                default="filed",
                max_length=50,
                protected=True,
            ),
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="何回目")),
                ("marks", models.JSONField()),
                ("message", models.TextField(verbose_name="直してほしいこと")),
                (
                    "returned_from",
                    models.CharField(
                        choices=[
                            ("draft", "下書き"),
                            ("submitted", "受付"),
                            ("screening", "聞き取り中"),
                            ("returned", "差し戻し"),
                            ("resubmitted", "再提出"),
                            ("recommended", "決定待ち"),
                            ("approved", "承認"),
                            ("refused", "不承認"),
                            ("withdrawn", "取り下げ"),
                        ],
                        max_length=20,
                    ),
                ),
                ("after_loss", models.BooleanField(default=False)),
                ("stood", models.JSONField(default=dict)),
                ("answers", models.JSONField(default=dict)),
                ("left_out", models.JSONField(default=list)),
                ("changes", models.JSONField(default=list)),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("dropped_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="applications.application",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "citizen",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dropped_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="eligibility.municipality"
                    ),
                ),
            ],
            options={
                "ordering": ["application", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None), ("dropped_at", None)),
                        fields=("application",),
                        name="one_open_correction_per_application",
                        violation_error_message="この申請は、もう差し戻しています。",
                    ),
                    models.UniqueConstraint(fields=("application", "number"), name="corrections_are_counted"),
                    models.CheckConstraint(
                        condition=models.Q(("answered_at", None), ("dropped_at", None), _connector="OR"),
                        name="correction_is_answered_or_dropped",
                        violation_error_message="答えのあった差し戻しは、取りやめられません。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("message", ""), _negated=True),
                        name="correction_says_why",
                        violation_error_message="差し戻すときは、直してほしいことを書きます。",
                    ),
                ],
            },
        ),
    ]
