import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClockOffset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ahead_by', models.DurationField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='clock_offset_is_one_row')],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('subject_id', models.BigIntegerField()),
                ('key', models.CharField(max_length=120, unique=True)),
                ('queue', models.CharField(default='default', max_length=20)),
                ('municipality_id', models.BigIntegerField(null=True)),
                ('status', models.CharField(choices=[('queued', '待っています'), ('running', '処理しています'), ('done', 'すみました'), ('failed', '止まっています'), ('held', '保留しています'), ('dropped', 'あきらめました')], default='queued', max_length=10)),
                ('run_after', models.DateTimeField()),
                ('lease_until', models.DateTimeField(null=True)),
                ('token', models.PositiveIntegerField(default=0)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('cursor', models.BigIntegerField(default=0)),
                ('last_error', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('stopped_at', models.DateTimeField(null=True)),
                ('drop_reason', models.CharField(blank=True, choices=[('phoned', '電話で伝えた'), ('posted', '郵便で送った'), ('in_person', '窓口で伝えた'), ('not_needed', 'もう知らせる必要がない')], max_length=20)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('status__in', ['queued', 'running'])), fields=['run_after'], name='job_due'), models.Index(condition=models.Q(('status__in', ['failed', 'held', 'dropped'])), fields=['municipality_id', 'status'], name='job_stopped')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', False), ('status', 'done')), models.Q(models.Q(('status', 'done'), _negated=True), ('done_at__isnull', True)), _connector='OR'), name='job_has_done_at_iff_done'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'running'), _negated=True), ('lease_until__isnull', False), _connector='OR'), name='running_job_has_a_lease'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'dropped'), models.Q(('drop_reason', ''), _negated=True)), models.Q(models.Q(('status', 'dropped'), _negated=True), ('drop_reason', '')), _connector='OR'), name='job_says_why_iff_dropped')],
            },
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('kind', models.CharField(max_length=40)),
                ('to', models.EmailField(max_length=254)),
                ('subject', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('message_id', models.CharField(max_length=200, unique=True)),
                ('created_at', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='UnwantedMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unwanted_mails', to=settings.AUTH_USER_MODEL)),
                ('group', models.CharField(max_length=20)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'group'), name='mail_group_is_switched_off_once')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('verb', models.CharField(max_length=60)),
                ('actor_id', models.BigIntegerField(null=True)),
                ('municipality_id', models.BigIntegerField(null=True)),
                ('facility_id', models.BigIntegerField(null=True)),
                ('citizen_id', models.BigIntegerField(null=True)),
                ('subject_kind', models.CharField(max_length=40)),
                ('subject_id', models.BigIntegerField()),
                ('data', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['subject_kind', 'subject_id', 'at'], name='event_by_subject'), models.Index(fields=['citizen_id', 'at'], name='event_by_citizen'), models.Index(fields=['actor_id', 'at'], name='event_by_actor')],
            },
        ),
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality_id', models.BigIntegerField()),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
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
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
                'indexes': [models.Index(fields=['municipality_id', 'asked_at'], name='export_by_municipality'), models.Index(condition=models.Q(('removed_at__isnull', True)), fields=['expires_at'], name='export_to_remove')],
                'constraints': [models.CheckConstraint(condition=models.Q(('purpose', ''), _negated=True), name='export_says_what_for', violation_error_message='何に使うかを書いてください。'), models.CheckConstraint(condition=models.Q(models.Q(('expires_at__isnull', True), ('rows__isnull', True), ('storage_name', ''), ('written_at__isnull', True)), models.Q(('expires_at__isnull', False), ('rows__isnull', False), ('written_at__isnull', False), models.Q(('storage_name', ''), _negated=True)), _connector='OR'), name='written_export_has_its_file')],
            },
        ),
    ]
