"""What gunicorn serves. WSGI on purpose: under ASGI a synchronous page costs three to five times as much."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postpartum_portal.settings.production")
application = get_wsgi_application()
