package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.access.Presented;
import io.sluice.config.BulkSettings;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Await;
import io.sluice.testing.StubCall;
import io.sluice.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The window between the lines of a request and those of its answer, counted. */
class BulkAnswerTest {
  private static final TenantId TENANT = new TenantId(1);
  private static final int WINDOW = 4;

  private final Bulk bulk = new Bulk(new BulkSettings(WINDOW, 65_536, 2 * WINDOW, 1_000));
  private final Script body = new Script();

  /** Those that are carried out, in the order in which they were begun. */
  private final List<Promise<Answer>> atWork = new ArrayList<>();

  private final Function<Call, Future<ReadyLine>> work =
      line -> Future.succeededFuture(this::carryOut);

  private Future<Answer> carryOut() {
    Promise<Answer> promise = Promise.promise();
    atWork.add(promise);
    return promise.future();
  }

  /** A body that comes when the test says so. */
  private static final class Script implements Inflow {
    private final ArrayDeque<Buffer> chunks = new ArrayDeque<>();
    private Promise<Optional<Buffer>> waiting;
    private boolean whole;
    private int asked;
    private boolean stopped;
    private Runnable over;

    Script of(String... texts) {
      List.of(texts).forEach(text -> chunks.add(Buffer.buffer(text)));
      return this;
    }

    Script whole() {
      whole = true;
      return this;
    }

    void breaks(Fault fault) {
      waiting.fail(new FaultException(fault));
    }

    @Override
    public Future<Optional<Buffer>> next() {
      asked++;
      if (!chunks.isEmpty() || whole) {
        return Future.succeededFuture(Optional.ofNullable(chunks.poll()));
      }
      waiting = Promise.promise();
      return waiting.future();
    }

    @Override
    public void whenOver(Runnable told) {
      over = told;
    }

    @Override
    public void stop() {
      stopped = true;
    }

    @Override
    public Answer answerTo(Throwable failure) {
      String said =
          failure instanceof FaultException fault ? fault.fault().toString() : failure.getMessage();
      return Answer.json(599, JsonWriter.object().text("failed", said).toBuffer());
    }
  }

  private Future<Answer> begin() {
    return bulk.answer(TENANT, StubCall.flowing(body), work);
  }

  private void answer(int line) {
    atWork.get(line).complete(Answer.json(200, Buffer.buffer("{\"of\":" + line + "}")));
  }

  private static String told(Future<Answer> answer) {
    return answer.result().pieces().orElseThrow().next().result().orElseThrow().toString();
  }

  private static String lines(int count) {
    return "{}\n".repeat(count);
  }

  @Test
  void hasOneTokenForAllLinesSoThatItIsHashedOnce() {
    // Given
    var tokens = new ArrayList<Presented>();
    StubCall call = StubCall.flowing(body.of(lines(3)).whole()).with("Authorization", "Bearer abc");

    // When
    bulk.answer(
        TENANT,
        call,
        line -> {
          line.bearer().ifPresent(tokens::add);
          return Future.succeededFuture(this::carryOut);
        });

    // Then
    assertThat(tokens).hasSize(3).allSatisfy(each -> assertThat(each).isSameAs(tokens.get(0)));
  }

  @Test
  void readsNotAllLinesAtOnceSoThatOthersOfItsEventLoopHaveTheirTurn() {
    // Given
    int lines = 4 * BulkAnswer.STEPS;
    var wide = new Bulk(new BulkSettings(lines, 1_000_000, 2 * lines, 1_000));
    StubCall call = StubCall.flowing(body.of(lines(lines)).whole());
    Vertx vertx = Vertx.vertx();
    Promise<Integer> begun = Promise.promise();

    // When
    vertx.runOnContext(
        loop -> {
          Vertx.currentContext().runOnContext(other -> begun.complete(atWork.size()));
          wide.answer(TENANT, call, work);
        });

    // Then
    assertThat(Await.result(begun.future())).isLessThanOrEqualTo(BulkAnswer.STEPS);
    Waiting.until(() -> wide.linesAtWork() == lines);
    Await.result(vertx.close());
  }

  /** Of the two windows that there are. */
  @Test
  void givesItsPlacesBackWhenItsClientLeavesWhileTheWindowIsFull() {
    // Given
    bulk.answer(TENANT, StubCall.flowing(body.of(lines(10))), work);
    assertThat(atWork).hasSize(WINDOW);

    // When
    body.over.run();

    // Then
    for (int line = 0; line < WINDOW; line++) {
      answer(line);
    }
    for (int more = 0; more < 2; more++) {
      bulk.answer(TENANT, StubCall.flowing(new Script().of(lines(WINDOW))), work);
    }
    assertThat(bulk.linesAtWork()).isEqualTo(2 * WINDOW);
  }

  @Test
  void beginsNoMoreLinesThanTheWindowHasAndGoesOnWhenAnswersAreTaken() {
    // Given
    Future<Answer> answer = bulk.answer(TENANT, StubCall.flowing(body.of(lines(10))), work);
    assertThat(atWork).hasSize(WINDOW);
    assertThat(bulk.linesAtWork()).isEqualTo(WINDOW);
    assertThat(answer.isComplete()).isFalse();
    for (int line = 0; line < WINDOW; line++) {
      answer(line);
    }
    // Answered, but nobody has read that.
    assertThat(atWork).hasSize(WINDOW);
    assertThat(bulk.linesAtWork()).isZero();

    // When
    String told = told(answer);

    // Then
    assertThat(told)
        .isEqualTo(
            """
            {"line":1,"status":200,"body":{"of":0}}
            {"line":2,"status":200,"body":{"of":1}}
            {"line":3,"status":200,"body":{"of":2}}
            {"line":4,"status":200,"body":{"of":3}}
            """);
    assertThat(atWork).hasSize(2 * WINDOW);
  }

  @Test
  void asksForNoMoreOfTheBodyWhileItsWindowIsFull() {
    // Given
    for (int i = 0; i < 10; i++) {
      body.of("{}\n");
    }

    // When
    Future<Answer> answer = begin();

    // Then
    assertThat(body.asked).isEqualTo(WINDOW);
    answer(0);
    assertThat(body.asked).isEqualTo(WINDOW);
    told(answer);
    assertThat(body.asked).isEqualTo(WINDOW + 1);
  }

  @Test
  void boundsTheMemoryOfTheWindow() {
    // Given
    var wide = new Bulk(new BulkSettings(1_000, 65_536, 2_000, 4_000));
    String line = "{}" + " ".repeat(3_998) + "\n";
    body.of(line.repeat(20));

    // When
    wide.answer(TENANT, StubCall.flowing(body), work);

    // Then
    assertThat(atWork).hasSize(Math.ceilDiv(65_536, BulkAnswer.reckonedBytes(4_000)));
  }

  @Test
  void tellsInOrderWhatIsAnsweredInAnother() {
    // Given
    body.of(lines(3)).whole();
    Future<Answer> answer = begin();
    answer(2);
    answer(1);
    assertThat(answer.isComplete()).isFalse();

    // When
    answer(0);

    // Then
    assertThat(told(answer).lines())
        .containsExactly(
            "{\"line\":1,\"status\":200,\"body\":{\"of\":0}}",
            "{\"line\":2,\"status\":200,\"body\":{\"of\":1}}",
            "{\"line\":3,\"status\":200,\"body\":{\"of\":2}}",
            "{\"complete\":true,\"lines\":3}");
    assertThat(answer.result().pieces().orElseThrow().next().result()).isEmpty();
  }

  @Test
  void carriesOutInOrderWhatIsReadyInAnother() {
    // Given
    List<Promise<ReadyLine>> prepared = new ArrayList<>();
    List<Integer> begun = new ArrayList<>();
    body.of(lines(3));
    bulk.answer(
        TENANT,
        StubCall.flowing(body),
        line -> {
          Promise<ReadyLine> promise = Promise.promise();
          prepared.add(promise);
          return promise.future();
        });

    // When
    for (int line : List.of(2, 0, 1)) {
      prepared
          .get(line)
          .complete(
              () -> {
                begun.add(line);
                return Promise.<Answer>promise().future();
              });
    }

    // Then
    assertThat(begun).containsExactly(0, 1, 2);
  }

  @Test
  void answersWhatFailsInEitherStepAndGoesOn() {
    // Given
    body.of(lines(4)).whole();
    List<Future<ReadyLine>> steps =
        List.of(
            Future.failedFuture("unready"),
            Future.succeededFuture(() -> Future.failedFuture("undone")),
            Future.succeededFuture(
                () -> {
                  throw new IllegalStateException("thrown");
                }),
            Future.succeededFuture(() -> Future.succeededFuture(Answer.json(200, body("{}")))));
    var next = new ArrayDeque<>(steps);

    // When
    Future<Answer> answer = bulk.answer(TENANT, StubCall.flowing(body), line -> next.poll());

    // Then
    assertThat(told(answer).lines())
        .containsExactly(
            "{\"line\":1,\"status\":599,\"body\":{\"failed\":\"unready\"}}",
            "{\"line\":2,\"status\":599,\"body\":{\"failed\":\"undone\"}}",
            "{\"line\":3,\"status\":599,\"body\":{\"failed\":\"thrown\"}}",
            "{\"line\":4,\"status\":200,\"body\":{}}",
            "{\"complete\":true,\"lines\":4}");
  }

  private static Buffer body(String text) {
    return Buffer.buffer(text);
  }

  @Test
  void failsWithWhatBreaksTheBodyBeforeItsFirstLine() {
    // Given
    Future<Answer> answer = begin();

    // When
    body.breaks(new Fault.DeadlinePassed());

    // Then
    assertThat(answer.cause()).isInstanceOf(FaultException.class);
  }

  @Test
  void tellsTheLinesBeforeWhatBreaksTheBody() {
    // Given
    body.of("{}\n{");
    Future<Answer> answer = begin();
    body.breaks(new Fault.DeadlinePassed());
    assertThat(answer.isComplete()).isFalse();

    // When
    answer(0);

    // Then
    assertThat(told(answer).lines())
        .containsExactly(
            "{\"line\":1,\"status\":200,\"body\":{\"of\":0}}",
            "{\"complete\":false,\"lines\":1,\"status\":599,"
                + "\"body\":{\"failed\":\"DeadlinePassed[]\"}}");
    assertThat(atWork).hasSize(1);
  }

  @Test
  void wantsNoMoreOfABodyWhoseLineIsTooLong() {
    // Given
    body.of("{}\n" + " ".repeat(600), " ".repeat(600), "\n{}\n");

    // When
    begin();

    // Then
    assertThat(body.stopped).isTrue();
    assertThat(atWork).hasSize(1);
  }

  @Test
  void takesALineThatComesInPieces() {
    // Given
    List<String> seen = new ArrayList<>();
    body.of("{\"a\"", ":", "1}", "\n{}\n{\"b\":", "2}").whole();

    // When
    bulk.answer(
        TENANT,
        StubCall.flowing(body),
        line -> {
          seen.add(line.body().toString());
          return Future.failedFuture("seen");
        });

    // Then
    assertThat(seen).containsExactly("{\"a\":1}", "{}", "{\"b\":2}");
  }

  @Test
  void letsNobodyInForWhoseWindowThereIsNoRoomUntilALineLessIsAtWork() {
    // Given
    body.of(lines(1)).whole();
    begin();
    bulk.answer(TENANT, StubCall.flowing(new Script().of(lines(1))), work);
    var refused = catchThrowableOfType(FaultException.class, this::begin);
    assertThat(refused.fault()).isInstanceOf(Fault.Overloaded.class);

    // When
    answer(0);

    // Then
    assertThat(begin().failed()).isFalse();
  }
}
