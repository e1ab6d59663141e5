package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.OpenApiDocument;
import io.sluice.testing.OpenApiDocument.Operation;
import io.sluice.testing.RawClient;
import io.sluice.testing.Reply;
import io.sluice.testing.TestingGateway;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Requests that are good but for some random slips, in the bytes of their targets, queries, headers
 * and bodies, to all operations of one API: each is answered, with no 5xx, by what the API's
 * OpenAPI document says, and its connection ends. All operations are asked in turn. More requests
 * with {@code -Dsluice.requests.perTry=N}.
 */
public abstract class RandomRequests {
  private static final int TRIES = 30;
  private static final int PER_TRY = Integer.getInteger("sluice.requests.perTry", 20);

  /** What HTTP itself is answered with, before anybody knows which operation is meant. */
  private static final Set<Integer> OF_HTTP = Set.of(400, 408, 414, 421, 431, 501, 505);

  /** After that many requests to each operation most of what they name is used up. */
  private static final int MAX_ROUNDS = 25;

  private static final ConcurrentMap<Class<?>, Turns> TURNS = new ConcurrentHashMap<>();

  /**
   * One API on a running gateway.
   *
   * @param document the name of its OpenAPI document
   * @param headers of somebody who may do everything
   * @param asks good requests for all its operations
   */
  public record Site(
      OpenApiDocument document, int port, Map<String, String> headers, List<Ask> asks) {
    /** A dialect in a tenant of its own. */
    public static Site of(DialectFixture fixture) {
      TestingGateway gateway = TestingGateway.shared();
      DialectFixture.World world = fixture.newWorld(gateway);
      return new Site(
          OpenApiDocument.of(fixture.dialect()),
          gateway.port(),
          world.client().headers(),
          world.everyOperation());
    }
  }

  /** Whose turn it is: the operations of a site one after the other, round by round. */
  private static final class Turns {
    private final Supplier<Site> sites;
    private Site site;
    private int asked;

    Turns(Supplier<Site> sites) {
      this.sites = sites;
      site = sites.get();
    }

    Ask next() {
      if (asked == MAX_ROUNDS * site.asks().size()) {
        site = sites.get();
        asked = 0;
      }
      return site.asks().get(asked++ % site.asks().size());
    }
  }

  /** A new one each time. */
  protected abstract Site open();

  private Turns turns() {
    return TURNS.computeIfAbsent(getClass(), type -> new Turns(this::open));
  }

  @Example
  void goToEveryOperation() {
    // When
    Site site = turns().site;

    // Then
    assertThat(site.asks())
        .flatExtracting(
            ask ->
                site.document().find(ask.method(), ask.target()).map(Operation::id).stream()
                    .toList())
        .containsAll(site.document().operations().stream().map(Operation::id).toList())
        .hasSizeLessThanOrEqualTo(TRIES * PER_TRY);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void areAnsweredAsDocumented(@ForAll Random random) {
    Turns turns = turns();
    for (int i = 0; i < PER_TRY; i++) {
      // Given
      Ask ask = turns.next();
      Site site = turns.site;
      var request = WildRequest.of(site.document(), site.headers(), ask, random);

      // When
      List<Reply> replies = send(site, request, random);

      // Then
      assertThat(replies).as(request::toString).isNotEmpty();
      assertThat(replies).allSatisfy(reply -> assertSound(reply, request));
      assertDocumented(site.document(), request, replies.getFirst());
    }
  }

  /** From one of many addresses, as a thousand connections a second soon use up one's ports. */
  private static List<Reply> send(Site site, WildRequest request, Random random) {
    String from = "127.0.0." + (1 + random.nextInt(250));
    try (RawClient raw = new RawClient(site.port(), from)) {
      return raw.send(request.bytes()).endOutput().readAll(request.isHead());
    }
  }

  private static void assertSound(Reply reply, WildRequest request) {
    boolean sound = reply.status() < 500 || OF_HTTP.contains(reply.status());
    assertThat(sound).as(() -> request + "\nwas answered\n" + reply).isTrue();
    assertThat(reply.header("Date")).as(request::toString).isPresent();
    assertThat(reply.header("X-Request-Id")).as(request::toString).isPresent();
  }

  private static void assertDocumented(OpenApiDocument document, WildRequest request, Reply reply) {
    Optional<Operation> operation = request.operation(document);
    if (operation.isEmpty() || OF_HTTP.contains(reply.status())) {
      return;
    }
    assertThat(document.declares(operation.get(), reply.status()))
        .as(() -> reply.status() + " is not declared:\n" + request + "\nwas answered\n" + reply)
        .isTrue();
    if (!request.isHead()) {
      assertThat(document.misfits(operation.get(), reply))
          .as(() -> request + "\nwas answered\n" + reply)
          .isEmpty();
    }
  }
}
