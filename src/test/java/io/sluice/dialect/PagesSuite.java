package io.sluice.dialect;

import io.sluice.dialect.DialectFixture.Lists;
import io.sluice.testing.OpenApiDocument;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every list of an API, read page by page. */
abstract class PagesSuite extends OverloadSuite {
  private ListChecks made;

  private ListChecks checks() {
    if (made == null) {
      Lists all = world.lists();
      made = new ListChecks(all.client(), all.all());
    }
    return made;
  }

  @Test
  void knowsEveryOperationThatLists() {
    checks().assertKnowEveryOperation(OpenApiDocument.of(fixture.dialect()));
  }

  @Test
  void knowsEveryFilterOfAList() {
    checks().assertKnowEveryFilter(OpenApiDocument.of(fixture.dialect()));
  }

  @TestFactory
  Stream<DynamicTest> skipsNothingWhileMoreIsAdded() {
    return checks().skipNothingWhileMoreIsAdded();
  }

  @TestFactory
  Stream<DynamicTest> letsTheSameThroughInPagesAsAtOnce() {
    return checks().letTheSameThroughInPagesAsAtOnce();
  }
}
