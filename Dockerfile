# Packs what `./mvnw package` left in target/quarkus-app; nothing is built or downloaded here but the base image.
#
#   ./mvnw package -Dmaven.test.skip=true && docker build -t trailwarden:0.1.0 .
ARG BASE=eclipse-temurin:25-jre
FROM ${BASE}

# Libraries first: they seldom change, so a new build of ours is one small layer.
COPY target/quarkus-app/lib/ /opt/trailwarden/lib/
COPY target/quarkus-app/quarkus/ /opt/trailwarden/quarkus/
COPY target/quarkus-app/quarkus-run.jar /opt/trailwarden/
COPY target/quarkus-app/app/ /opt/trailwarden/app/

# By number, so that a scheduler can see that it is not root; with a name, which PostgreSQL's initdb asks for. The folder must be
# theirs before it becomes a volume.
RUN echo 'trailwarden:x:10001:10001::/data:/usr/sbin/nologin' >> /etc/passwd && mkdir /data && chown 10001:10001 /data
USER 10001:10001
WORKDIR /opt/trailwarden
VOLUME /data

ENV TRAILWARDEN_BIND=0.0.0.0 TRAILWARDEN_DATA_DIR=/data
EXPOSE 4317 4318 8080

# Options as in ./trailwarden; others go into JDK_JAVA_OPTIONS. Without arguments it runs the service.
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "/opt/trailwarden/quarkus-run.jar"]
