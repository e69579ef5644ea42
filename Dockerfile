# One image for every process of Filon: the agents need CrewAI (a gigabyte), the others only carry
# it. A second image without it would save disk and cost a second lock to keep in step.
ARG PYTHON_IMAGE=python:3.11-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
WORKDIR /srv/filon
RUN python3 -m venv /opt/filon
COPY requirements.lock ./
RUN /opt/filon/bin/pip install --quiet --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md ./
COPY events events
COPY services services
COPY projections projections
RUN /opt/filon/bin/pip install --quiet --no-cache-dir --no-deps --no-build-isolation .

FROM ${PYTHON_IMAGE}
RUN useradd --system --uid 10001 --create-home filon \
    && install --directory --owner filon --mode 0700 /var/lib/filon
COPY --from=build /opt/filon /opt/filon
ENV PATH=/opt/filon/bin:$PATH FILON_HOME=/var/lib/filon PYTHONUNBUFFERED=1
USER filon
WORKDIR /var/lib/filon
VOLUME /var/lib/filon
ENTRYPOINT ["filon"]
CMD ["--help"]
