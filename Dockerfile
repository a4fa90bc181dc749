# The portal's image: the same for web, worker and beat.
FROM python:3.12-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=portal.settings.prod
RUN useradd --create-home --uid 10001 portal
WORKDIR /app

COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

COPY manage.py ./
COPY portal ./portal
COPY connect ./connect
COPY share ./share
COPY inspire ./inspire
COPY teach ./teach
COPY evaluate ./evaluate
COPY dashboards ./dashboards
COPY templates ./templates
COPY static ./static
COPY locale ./locale

# The values below only let the settings load while files are collected; nothing of them stays in the image.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    ALLOWED_HOSTS=localhost DATABASE_URL=postgres://nobody@localhost/none REDIS_URL=redis://localhost/0 \
    sh -c 'python manage.py compile_translations && python manage.py collectstatic --noinput' \
    && mkdir /data && chown portal /data

USER portal
ENV MEDIA_ROOT=/data/media
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD python -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"
CMD ["gunicorn", "portal.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--max-requests", "5000", "--max-requests-jitter", "500", "--no-control-socket"]
