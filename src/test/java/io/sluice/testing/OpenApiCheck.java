package io.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.OpenApiDocument.Operation;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Fails the test that got an answer which does not fit its dialect's OpenAPI document. What fits is
 * noted as seen.
 */
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
      List<Operation> meant = document.meant(method, target);
      for (Operation operation : meant) {
        assertThat(document.misfits(operation, reply))
            .as(() -> method + " " + target + " against " + dialect + "'s document: " + reply)
            .isEmpty();
        SeenAnswers.note(dialect, operation, reply);
      }
      if (!meant.isEmpty()) {
        return;
      }
    }
  }
}
