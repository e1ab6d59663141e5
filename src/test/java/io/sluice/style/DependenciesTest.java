package io.sluice.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;

/** The libraries that the gateway is to be built on: a well-kept one beats code of our own. */
class DependenciesTest {
  @ParameterizedTest
  @CsvSource({
    "io.vertx, vertx-web, io.vertx.ext.web",
    "io.vertx, vertx-pg-client, io.vertx.pgclient",
    "io.vertx, vertx-auth-jwt, io.vertx.ext.auth.jwt",
    "com.fasterxml.jackson.core, jackson-databind, com.fasterxml.jackson.databind",
    "io.micrometer, micrometer-registry-prometheus, io.micrometer.prometheusmetrics",
    "io.opentelemetry, opentelemetry-sdk-trace, io.opentelemetry.sdk.trace",
    "io.opentelemetry, opentelemetry-exporter-otlp, io.opentelemetry.exporter.otlp",
    "io.vertx, vertx-junit5, io.vertx.junit5"
  })
  void areDeclaredAndUsed(String group, String artifact, String contents) throws Exception {
    // Given
    Document pom =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile());
    String declared =
        "count(/project/dependencies/dependency[groupId='%s' and artifactId='%s'])"
            .formatted(group, artifact);

    // When
    String times = XPathFactory.newInstance().newXPath().evaluate(declared, pom);

    // Then
    assertThat(times).isEqualTo("1");
    assertThat(Sources.all())
        .filteredOn(Sources::isOfTheProduct)
        .anyMatch(file -> Sources.read(file).contains("import " + contents + "."));
  }
}
