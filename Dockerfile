# Builds Sluice and packs it with a Java runtime. It expects a PostgreSQL from DATABASE_URL or PG*;
# without one it starts its own in /var/lib/sluice, which is then worth a volume.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY pom.xml .
RUN mvn -B -q dependency:go-offline
COPY src src
RUN mvn -B -q package -DskipTests && mv target/sluice-*.jar target/sluice.jar

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --home-dir /var/lib/sluice --create-home sluice
WORKDIR /opt/sluice
COPY --from=build /src/target/lib lib
COPY --from=build /src/target/sluice.jar .
COPY conf conf
ENV SLUICE_HTTP_HOST=0.0.0.0 \
    SLUICE_DATA_DIRECTORY=/var/lib/sluice \
    SLUICE_LOG_FORMAT=json
USER sluice
VOLUME /var/lib/sluice
EXPOSE 8080 9090
# Asks the management port with the program itself: the image needs no other client.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["java", "-XX:TieredStopAtLevel=1", "-jar", "sluice.jar", "health"]
ENTRYPOINT ["java", "--sun-misc-unsafe-memory-access=allow", "-XX:MaxRAMPercentage=60", "-jar", "sluice.jar"]
CMD ["serve"]
