import django.db.models.deletion
import django_fsm
import postpartum_portal.shared.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Municipality',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=6, unique=True, verbose_name='団体コード')),
                ('slug', models.SlugField(max_length=30, unique=True, verbose_name='アドレス')),
                ('name', models.CharField(max_length=30, verbose_name='名前')),
                ('office', models.JSONField(default=dict, verbose_name='窓口')),
                ('mayor_name', models.CharField(blank=True, max_length=60, verbose_name='長の氏名')),
                ('legal_basis', models.CharField(blank=True, max_length=120, verbose_name='根拠の条文')),
                ('letter_number_format', models.CharField(default='{year}第{number}号', max_length=60, verbose_name='文書番号の形')),
                ('seal', models.CharField(choices=[('image', '公印の画像を押す'), ('omitted', '（公印省略）と書く')], default='omitted', max_length=10, verbose_name='公印')),
                ('seal_image', models.BinaryField(null=True, verbose_name='公印の画像')),
                ('separate_decider', models.BooleanField(default=True, verbose_name='聞き取りと決定を分ける')),
                ('closed_days', models.JSONField(default=list, verbose_name='閉庁日')),
                ('mail_words', models.JSONField(default=dict, verbose_name='メールの文面')),
                ('month_end_day', models.PositiveSmallIntegerField(null=True, verbose_name='月の実績を知らせる日')),
            ],
            options={
                'verbose_name': '自治体',
                'constraints': [models.CheckConstraint(condition=models.Q(('slug__in', ('accounts', 'demo', 'facility', 'health', 'static', 'styleguide')), _negated=True), name='municipality_slug_is_not_reserved'), models.CheckConstraint(condition=models.Q(('seal', 'omitted'), ('seal_image__isnull', False), _connector='OR'), name='municipality_with_seal_has_its_image', violation_error_message='公印の画像がありません。画像を入れるか、（公印省略）にしてください。'), models.CheckConstraint(condition=models.Q(('month_end_day__isnull', True), ('month_end_day__range', (1, 28)), _connector='OR'), name='month_end_day_is_in_every_month', violation_error_message='1から28までの日にしてください。')],
            },
        ),
        migrations.CreateModel(
            name='MunicipalAmount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80)),
                ('household_class', models.CharField(blank=True, max_length=30)),
                ('amount', models.PositiveIntegerField(verbose_name='額')),
                ('starts_on', models.DateField(null=True, verbose_name='いつから')),
                ('sample', models.BooleanField(default=False, verbose_name='見本の額')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='メモ')),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_at', models.DateTimeField()),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amounts', to='eligibility.municipality')),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProgrammeVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programme_versions', to='eligibility.municipality')),
                ('file_name', models.CharField(max_length=80)),
                ('text', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('published', models.DateField(null=True)),
                ('effective_from', models.DateField(null=True)),
                ('loaded_at', models.DateTimeField(default=postpartum_portal.shared.clock.now)),
                ('closed_days', models.JSONField(default=list)),
            ],
            options={
                'ordering': ['municipality', 'effective_from', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('municipality', 'sha256'), name='programme_text_is_loaded_once')],
            },
        ),
        migrations.CreateModel(
            name='SettingChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='eligibility.municipality')),
                ('setting', models.CharField(choices=[('mayor_name', '長の氏名'), ('legal_basis', '根拠の条文'), ('letter_number_format', '文書番号の形'), ('seal', '公印'), ('separate_decider', '聞き取りと決定を分ける'), ('closed_days', '閉庁日'), ('mail_words', 'メールの文面'), ('month_end_day', '月の実績を知らせる日')], max_length=30)),
                ('before', models.TextField(blank=True)),
                ('after', models.TextField(blank=True)),
                ('reason', models.CharField(max_length=200, verbose_name='理由')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ProgrammeDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='eligibility.municipality')),
                ('file_name', models.CharField(max_length=80, verbose_name='ファイルの名前')),
                ('text', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('status', django_fsm.FSMField(choices=[('checked', '計算しています'), ('refused', '直すところがあります'), ('replayed', '公開を待っています'), ('published', '公開しました'), ('discarded', '取りやめました')], default='checked', max_length=50, protected=True)),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('uploaded_at', models.DateTimeField()),
                ('problems', models.JSONField(default=list)),
                ('examples', models.JSONField(default=list)),
                ('replay', models.JSONField(null=True)),
                ('replayed_through', models.BigIntegerField(default=0)),
                ('replayed_at', models.DateTimeField(null=True)),
                ('compared_with', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='eligibility.programmeversion')),
                ('effective_from', models.DateField(null=True, verbose_name='いつから')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('published_at', models.DateTimeField(null=True)),
                ('version', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draft', to='eligibility.programmeversion')),
            ],
            options={
                'ordering': ['-uploaded_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('effective_from__isnull', False), ('published_at__isnull', False), ('published_by__isnull', False), ('replayed_at__isnull', False), ('status', 'published')), models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', True), ('published_by__isnull', True)), _connector='OR'), name='published_draft_says_who_when_and_from'), models.CheckConstraint(condition=models.Q(('published_by__isnull', True), models.Q(('published_by', models.F('uploaded_by')), _negated=True), _connector='OR'), name='draft_is_published_by_a_second_person', violation_error_message='案を出した人とは別の人が公開します。')],
            },
        ),
    ]
