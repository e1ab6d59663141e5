# Builds Sluice and packs it with a Java runtime, without the PostgreSQL that a build brings along: it serves on
# the one that DATABASE_URL or PG* names.
# The images are named by digest, so that today's build and next month's are one: see CONTRIBUTING.md for newer ones.
FROM maven:3.9-eclipse-temurin-25@sha256:d67198007bb4441b07d45587320f83154de80ece3608f80408ef14c6ea847753 AS build
WORKDIR /src
COPY pom.xml .
RUN mvn -B -q dependency:go-offline
COPY src src
RUN mvn -B -q package -DskipTests

FROM eclipse-temurin:25-jre@sha256:15090d159279e5c158473eccb48cd87f57b3e3a47511a797eb5a7a7ea6f86b0f AS java

# What the virtual machine learns in some transfers, so that it need not at each start. It is made with the Java,
# the jars and the paths that will use it; with others it would not be used. Only this takes Sluice's own PostgreSQL.
FROM java AS rehearsal
RUN useradd --system --uid 10001 --create-home sluice && install --directory --owner=sluice /opt/sluice
WORKDIR /opt/sluice
COPY --from=build /src/target/lib lib
COPY --from=build /src/target/lib-postgresql /opt/postgresql
COPY --from=build /src/target/sluice.jar .
COPY conf conf
USER 10001
RUN java @conf/jvm.options -XX:AOTCacheOutput=sluice.aot -jar sluice.jar rehearse --postgresql=/opt/postgresql

FROM java
RUN useradd --system --uid 10001 --home-dir /var/lib/sluice --create-home sluice
WORKDIR /opt/sluice
COPY --from=build /src/target/lib lib
COPY --from=build /src/target/sluice.jar .
COPY --from=rehearsal /opt/sluice/sluice.aot .
COPY conf conf
# By number, so that Kubernetes can see that it is not root (runAsNonRoot).
USER 10001
ENV SLUICE_HTTP_HOST=0.0.0.0 \
    SLUICE_DATA_DIRECTORY=/var/lib/sluice \
    SLUICE_LOG_FORMAT=json
VOLUME /var/lib/sluice
EXPOSE 8080 9090
# Asks the management port with the program itself: the image needs no other client.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["java", "@conf/jvm.options", "-XX:AOTCache=sluice.aot", "-XX:TieredStopAtLevel=1", "-Xms16m", "-jar", "sluice.jar", "health"]
# Another heap: mount another conf/jvm.options.
ENTRYPOINT ["java", "@conf/jvm.options", "-XX:AOTCache=sluice.aot", "-jar", "sluice.jar"]
CMD ["serve"]
