package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.sluice.testing.OpenApiDocument;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Lists read page by page: whatever is added meanwhile, nothing is skipped, and nothing comes twice
 * where the way of paging allows that; and each filter lets the same through in pages as at once.
 *
 * @param client may read them
 */
public record ListChecks(TestClient client, List<Listed> lists) {
  private static final int PAGES = 3;
  private static final int PAGE = 2;
  private static final int WHOLE = 50;
  private static final int MOST_PAGES = 200;

  /**
   * Fails unless these are all operations of a document whose answers have pages.
   *
   * @param elsewhere operations that other tests read page by page
   */
  public void assertKnowEveryOperation(OpenApiDocument document, String... elsewhere) {
    // When
    var paged = new TreeSet<String>();
    document.operations().stream()
        .filter(
            operation ->
                !Collections.disjoint(document.queryParameters(operation), Paging.PARAMETERS))
        .forEach(operation -> paged.add(operation.id()));

    // Then
    assertThat(paged).containsAll(List.of(elsewhere));
    List.of(elsewhere).forEach(paged::remove);
    assertThat(lists).extracting(Listed::operation).containsExactlyInAnyOrderElementsOf(paged);
  }

  /** Fails unless their filters are all that a document lets one ask for. */
  public void assertKnowEveryFilter(OpenApiDocument document) {
    for (Listed list : lists) {
      // When
      OpenApiDocument.Operation operation = document.find("GET", list.target()).orElseThrow();
      Set<String> filters = new HashSet<>(document.queryParameters(operation));
      filters.removeAll(Paging.PARAMETERS);

      // Then
      Set<String> known = new HashSet<>(list.filterNames());
      known.addAll(needed(list));
      assertThat(known).as(list.operation()).isEqualTo(filters);
    }
  }

  private static Set<String> needed(Listed list) {
    String[] parts = list.target().split("\\?", 2);
    return parts.length == 1
        ? Set.of()
        : Stream.of(parts[1].split("&")).map(p -> p.split("=")[0]).collect(Collectors.toSet());
  }

  /** Three pages of each list and more, while more is added to it. */
  public Stream<DynamicTest> skipNothingWhileMoreIsAdded() {
    return each(this::readWhileMoreIsAdded);
  }

  private interface Check {
    void run(Listed list, Paging paging);
  }

  private Stream<DynamicTest> each(Check check) {
    return lists.stream()
        .flatMap(
            list ->
                list.pagings().stream()
                    .map(
                        paging ->
                            dynamicTest(
                                list.operation() + " " + paging, () -> check.run(list, paging))));
  }

  private void readWhileMoreIsAdded(Listed list, Paging paging) {
    // Given
    List<String> before = whole(list, paging, "");
    while (before.size() <= PAGES * PAGE) {
      list.add().run();
      before = whole(list, paging, "");
    }

    // When
    List<String> read = read(list, paging, PAGE, "", list.add());

    // Then
    assertThat(read).as("what was there before").containsAll(before);
    assertThat(new ArrayList<>(new LinkedHashSet<>(read)))
        .as("the order")
        .filteredOn(before::contains)
        .containsExactlyElementsOf(before);
    if (paging.isSteady()) {
      assertThat(read).doesNotHaveDuplicates();
    }
  }

  /** Each list with each of its filters, of which each makes a difference. */
  public Stream<DynamicTest> letTheSameThroughInPagesAsAtOnce() {
    return each(
        (list, paging) ->
            list.filterNames().stream()
                .filter(name -> !paging.first(1).contains(name))
                .forEach(name -> filter(list, paging, name)));
  }

  private void filter(Listed list, Paging paging, String name) {
    // Given
    List<String> all = whole(list, paging, "");
    while (all.size() <= PAGES) {
      list.add().run();
      all = whole(list, paging, "");
    }
    var different = new ArrayList<String>(list.empty().getOrDefault(name, List.of()));

    for (String nothing : different) {
      String filter = "&" + name + "=" + nothing;

      // When
      Reply reply = list.page(paging.first(1) + filter).send(client);

      // Then
      assertNothing(list, reply);
    }
    for (String value : list.filters().getOrDefault(name, List.of())) {
      String filter = "&" + name + "=" + value;
      List<String> atOnce = whole(list, paging, filter);

      // When
      List<String> inPages = read(list, paging, 1, filter, () -> {});

      // Then
      assertThat(inPages).as(list + filter).isEqualTo(atOnce).isNotEmpty().doesNotHaveDuplicates();
      if (!atOnce.equals(all)) {
        different.add(value);
      }
    }
    assertThat(different).as(list + ": values that differ by " + name).isNotEmpty();
  }

  /** What a filter names may not be there at all. */
  private static void assertNothing(Listed list, Reply reply) {
    assertThat(reply.status() == 404 || list.ids(reply.json()).isEmpty())
        .as(() -> list + "\n" + reply)
        .isTrue();
  }

  private List<String> whole(Listed list, Paging paging, String filter) {
    return read(list, paging, WHOLE, filter, () -> {});
  }

  /**
   * All pages, one after the other.
   *
   * @param meanwhile is done while each of the first ones is read
   */
  private List<String> read(
      Listed list, Paging paging, int size, String filter, Runnable meanwhile) {
    var ids = new ArrayList<String>();
    Optional<String> query = Optional.of(paging.first(size));
    for (int number = 1; query.isPresent(); number++) {
      assertThat(number).as("pages of " + list).isLessThan(MOST_PAGES);
      CompletableFuture<Void> added =
          number > PAGES
              ? CompletableFuture.completedFuture(null)
              : CompletableFuture.runAsync(meanwhile);
      Reply page = list.page(query.get() + filter).send(client);
      added.join();
      assertThat(page.status()).as(() -> list + filter + "\n" + page).isEqualTo(200);
      List<String> found = list.ids(page.json());
      ids.addAll(paging == Paging.RELAY_BACKWARDS ? found.reversed() : found);
      query = paging.next(page.json(), found.size(), number, size);
    }
    return ids;
  }
}
