"""What the office counts of a price, for bookings that were priced before it was kept."""

from django.db import migrations


def count(apps, schema_editor):
    Booking = apps.get_model("facilities", "Booking")
    rows = Booking._base_manager.exclude(quote__has_key="reduced")
    for booking in rows.only("quote").iterator():
        amounts = [line["amount"] for line in booking.quote.get("lines", ())]
        known = all(isinstance(amount, int) for amount in amounts)
        taken = [amount for amount in amounts if isinstance(amount, int) and amount < 0]
        counted = {"reduced": bool(taken), "public": -sum(taken) if known else None}
        Booking._base_manager.filter(pk=booking.pk).update(quote={**booking.quote, **counted})


class Migration(migrations.Migration):

    dependencies = [
        ("facilities", "0010_sound_out_facilities"),
    ]

    operations = [
        migrations.RunPython(count, migrations.RunPython.noop, elidable=True),
    ]
