import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('eligibility', '0006_closed_days_and_mail_words'),
        ('facilities', '0012_receive_payments'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ContractPrice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80)),
                ('household_class', models.CharField(blank=True, max_length=30)),
                ('amount', models.PositiveIntegerField(verbose_name='額')),
                ('starts_on', models.DateField(null=True, verbose_name='いつから')),
                ('sample', models.BooleanField(default=False, verbose_name='見本の額')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='メモ')),
                ('entered_at', models.DateTimeField()),
                ('service', models.CharField(max_length=30)),
                ('per', models.CharField(choices=[('day', '1日'), ('night', '1泊'), ('use', '1回'), ('hour', '1時間')], max_length=5, verbose_name='単位')),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='facilities.facility')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='eligibility.municipality')),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
                'indexes': [models.Index(fields=['municipality', 'facility'], name='contract_price_by_facility')],
                'constraints': [models.CheckConstraint(condition=models.Q(('key__in', ['use', 'late_cancel', 'no_show', 'multiples', 'siblings', 'older'])), name='contract_price_is_of_a_known_kind'), models.CheckConstraint(condition=models.Q(('household_class', '')), name='contract_price_knows_no_class')],
            },
        ),
    ]
