# The server, its web app and its commands in one image; docs/install.md says how to run it.
ARG BASE=docker.io/library/python:3.13-slim-trixie

# hadolint ignore=DL3006
FROM ${BASE} AS build
WORKDIR /build
ENV UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1 UV_NO_CACHE=1 VIRTUAL_ENV=/app
COPY deploy/uv.lock.txt deploy/requirements.lock deploy/
RUN python3 -m venv /uv \
 && /uv/bin/pip install --quiet --no-cache-dir --disable-pip-version-check --require-hashes -r deploy/uv.lock.txt \
 && /uv/bin/uv venv --python "$(command -v python3)" /app \
 && /uv/bin/uv pip install --quiet --require-hashes -r deploy/requirements.lock
COPY pyproject.toml hatch_build.py README.md LICENSE requirements.lock ./
COPY scripts/licences.py scripts/
COPY deploy/licences deploy/licences
COPY web web
COPY src src
RUN SHIPPED_PACKAGES=$(/app/bin/python -c "import sysconfig; print(sysconfig.get_path('purelib'))") \
    /uv/bin/uv build --quiet --wheel --build-constraints requirements.lock --require-hashes --out-dir /wheel \
 && /uv/bin/uv pip install --quiet --no-deps /wheel/*.whl

# hadolint ignore=DL3006
FROM ${BASE}
LABEL org.opencontainers.image.title="Homestretch" \
      org.opencontainers.image.description="The self-hosted home of an athlete's training and health data." \
      org.opencontainers.image.licenses="Apache-2.0"
# A user without a name would do; some programs ask for one.
RUN echo "homestretch:x:1000:1000::/data:/usr/sbin/nologin" >> /etc/passwd \
 && echo "homestretch:x:1000:" >> /etc/group \
 && mkdir /data && chown 1000:1000 /data
COPY --from=build /app /app
ENV PATH=/app/bin:$PATH \
    PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HOMESTRETCH_DATA_DIR=/data HOMESTRETCH_HOST=0.0.0.0 HOMESTRETCH_PORT=8080
USER 1000:1000
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s \
  CMD ["python3", "-c", "import os, urllib.request; urllib.request.urlopen(f\"http://127.0.0.1:{os.environ['HOMESTRETCH_PORT']}/health/ready\", timeout=8)"]
ENTRYPOINT ["homestretch"]
CMD ["serve"]
