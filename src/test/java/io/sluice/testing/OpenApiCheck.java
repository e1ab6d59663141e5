package io.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Fails the test that got an answer which does not fit its dialect's OpenAPI document. */
public final class OpenApiCheck implements ReplyCheck {
  /** Documents are read once in a JVM. */
  private static final ConcurrentMap<String, OpenApiDocument> DOCUMENTS = new ConcurrentHashMap<>();

  private final List<String> dialects;

  /** A check against the documents of these dialects. */
  public OpenApiCheck(List<String> dialects) {
    this.dialects = List.copyOf(dialects);
  }

  @Override
  public void check(String method, String target, Reply reply) {
    for (String dialect : dialects) {
      OpenApiDocument document = DOCUMENTS.computeIfAbsent(dialect, OpenApiDocument::of);
      Optional<OpenApiDocument.Operation> operation = document.find(method, target);
      if (operation.isPresent()) {
        assertThat(document.misfits(operation.get(), reply))
            .as(() -> method + " " + target + " against " + dialect + "'s document: " + reply)
            .isEmpty();
        return;
      }
    }
  }
}
