"""What a family reports as changed after it has applied is a row, and a move ends the use."""

import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models

import postpartum_portal.shared.clock


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0006_show_coupons_by_a_code"),
        ("eligibility", "0004_replay_in_parts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="birth",
            name="moves_out_on",
            field=models.DateField(null=True, verbose_name="転出する日"),
        ),
        migrations.CreateModel(
            name="ChangeNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("name", "氏名"),
                            ("address", "住所"),
                            ("phone", "電話番号"),
                            ("emergency", "緊急連絡先"),
                            ("household_class", "世帯の区分"),
                            ("moving_away", "転出"),
                        ],
                        max_length=20,
                    ),
                ),
                ("before", models.JSONField()),
                ("after", models.JSONField()),
                ("effective_on", models.DateField()),
                ("reported_at", models.DateTimeField(default=postpartum_portal.shared.clock.now)),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[("filed", "届け出ずみ"), ("seen", "センターが確かめました")],
                        default="filed",
                        max_length=50,
                        protected=True,
                    ),
                ),
                ("form_token", models.CharField(max_length=40, unique=True)),
                (
                    "by",
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
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="applications.household"
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
                "ordering": ["reported_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "filed")),
                        fields=["municipality", "reported_at"],
                        name="change_to_be_seen",
                    )
                ],
            },
        ),
    ]
