"""What gunicorn serves. WSGI on purpose: under ASGI a synchronous page costs three to five times as much."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postpartum_portal.settings.production")
application = get_wsgi_application()

from postpartum_portal.shared.real_time import refuse_moved_clock  # noqa: E402 - models come with the application

refuse_moved_clock()
