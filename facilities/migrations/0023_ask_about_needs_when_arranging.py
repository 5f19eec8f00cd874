from django.db import migrations, models


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
    ]
