import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('shared', '0003_switch_mails_off'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality_id', models.BigIntegerField()),
                ('role', models.CharField(max_length=10)),
                ('sheet', models.CharField(max_length=30)),
                ('narrowed', models.JSONField(default=dict)),
                ('form', models.CharField(choices=[('xlsx', 'Excelの表(XLSX)'), ('csv', 'CSVの表(UTF-8)'), ('cp932', 'CSVの表(Shift_JIS)')], max_length=10, verbose_name='形式')),
                ('purpose', models.CharField(max_length=100, verbose_name='目的')),
                ('asked_at', models.DateTimeField()),
                ('written_at', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField(null=True)),
                ('removed_at', models.DateTimeField(null=True)),
                ('rows', models.PositiveIntegerField(null=True)),
                ('unfit', models.PositiveIntegerField(default=0)),
                ('storage_name', models.CharField(blank=True, max_length=120)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
                'indexes': [models.Index(fields=['municipality_id', 'asked_at'], name='export_by_municipality'), models.Index(condition=models.Q(('removed_at__isnull', True)), fields=['expires_at'], name='export_to_remove')],
                'constraints': [models.CheckConstraint(condition=models.Q(('purpose', ''), _negated=True), name='export_says_what_for', violation_error_message='何に使うかを書いてください。'), models.CheckConstraint(condition=models.Q(models.Q(('expires_at__isnull', True), ('rows__isnull', True), ('storage_name', ''), ('written_at__isnull', True)), models.Q(('expires_at__isnull', False), ('rows__isnull', False), ('written_at__isnull', False), models.Q(('storage_name', ''), _negated=True)), _connector='OR'), name='written_export_has_its_file')],
            },
        ),
    ]
