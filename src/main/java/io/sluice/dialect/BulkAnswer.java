package io.sluice.dialect;

import io.sluice.access.Presented;
import io.sluice.config.BulkSettings;
import io.sluice.ledger.TenantId;
import io.sluice.loop.EventLoop;
import io.sluice.loop.Here;
import io.sluice.share.Shares;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Answers a request of lines, each by a line, in their order, and ends with one that says whether
 * that was all. Between the two stands a window: no more is read while it is full, and a line
 * leaves it when the client's side has taken its answer; so a client that sends faster than is
 * worked, or that does not read, is held up and costs no memory. For one event loop only.
 */
final class BulkAnswer implements Pieces {
  /** How much of the answers is sent at once, but for a single one that is longer. */
  private static final int PIECE_BYTES = 32_768;

  /** What an answer repeats of its line: the metadata of a transfer, once for each entry. */
  private static final int COPIES = 3;

  /** What an answer says besides, with what is remembered of a line. */
  private static final int OWN_BYTES = 1_536;

  /**
   * Lines and chunks that are read in one go, before tasks that wait on the event loop have their
   * turn, such as answers to others.
   */
  static final int STEPS = 64;

  private final Here here = Here.current();
  private final Call call;
  private final Optional<Presented> bearer;
  private final Inflow body;
  private final BulkSettings settings;
  private final AtomicInteger atWork;
  private final Shares<TenantId>.Holding places;
  private final Function<Call, Future<ReadyLine>> work;
  private final Lines lines;

  /** Those whose answers have not been taken, in order. */
  private final ArrayDeque<BulkLine> window = new ArrayDeque<>();

  /** Those of them that have not been begun to be carried out, in order. */
  private final ArrayDeque<BulkLine> unbegun = new ArrayDeque<>();

  private long windowBytes;
  private int unanswered;
  private long number;
  private long taken;
  private boolean asked;
  private boolean filling;
  private boolean ended;
  private boolean told;

  /** Why the body ended before it was whole. */
  private Optional<Throwable> broken = Optional.empty();

  /** Whoever waits for something to tell; null when nobody does. */
  private Promise<Void> waiting;

  BulkAnswer(
      Call call,
      BulkSettings settings,
      AtomicInteger atWork,
      Shares<TenantId>.Holding places,
      Function<Call, Future<ReadyLine>> work) {
    this.call = call;
    this.settings = settings;
    this.atWork = atWork;
    this.places = places;
    this.work = work;
    bearer = call.bearer();
    body = call.inflow();
    lines = new Lines(settings.maxLineBytes());
  }

  /** What a line is reckoned to take in memory until its answer has been taken. */
  static int reckonedBytes(int lineBytes) {
    return OWN_BYTES + COPIES * lineBytes;
  }

  /** The answer, once its first line is known; fails with what broke the body before that. */
  Future<Answer> begin() {
    body.whenOver(this::leave);
    fill();
    return toTell()
        .compose(
            now ->
                window.isEmpty() && broken.isPresent()
                    ? Future.failedFuture(broken.get())
                    : Future.succeededFuture(Answer.of(200, MediaTypes.LINES, this)));
  }

  @Override
  public Future<Optional<Buffer>> next() {
    return told
        ? Future.succeededFuture(Optional.empty())
        : toTell().map(now -> Optional.of(take()));
  }

  /** Reads on as long as there is room in the window. */
  private void fill() {
    if (!filling) {
      filling = true;
      fillOn();
    }
  }

  private void fillOn() {
    int steps = 0;
    while (!ended && hasRoom() && goOn()) {
      // Each step is one line, or one chunk.
      if (++steps == STEPS) {
        EventLoop.afterwards(this::fillOnOrGiveUp);
        return;
      }
    }
    filling = false;
  }

  /** Nobody would hear of what a continuation throws. */
  private void fillOnOrGiveUp() {
    try {
      fillOn();
    } catch (RuntimeException defect) {
      body.stop();
      end(Optional.of(defect));
    }
  }

  /** The client may have gone while the window was full, when nothing more was asked for. */
  private void leave() {
    end(Optional.of(new FaultException(new Fault.BadRequest("nobody is there for the rest"))));
  }

  private boolean hasRoom() {
    return window.size() < places.units() && windowBytes < settings.windowBytes();
  }

  /** Takes a line or a chunk; false when it has to wait for that. */
  private boolean goOn() {
    Optional<Buffer> line = lines.next();
    if (line.isPresent()) {
      begin(line.get());
      return true;
    }
    if (lines.isTooLong()) {
      giveUp(new Fault.BodyTooLarge(settings.maxLineBytes()));
      return false;
    }
    return read();
  }

  private boolean read() {
    if (asked) {
      return false;
    }
    asked = true;
    Future<Optional<Buffer>> chunk = body.next();
    if (chunk.isComplete()) {
      received(chunk);
      return true;
    }
    chunk.onComplete(
        later -> {
          received(later);
          fill();
        });
    return false;
  }

  private void received(AsyncResult<Optional<Buffer>> chunk) {
    asked = false;
    if (chunk.failed()) {
      end(Optional.of(chunk.cause()));
    } else if (chunk.result().isPresent()) {
      lines.add(chunk.result().get());
    } else {
      begin(lines.last());
      end(Optional.empty());
    }
  }

  private void giveUp(Fault fault) {
    body.stop();
    end(Optional.of(new FaultException(fault)));
  }

  private void end(Optional<Throwable> cause) {
    if (!ended) {
      ended = true;
      broken = cause;
      leaveIfOver();
      tell();
    }
  }

  private void begin(Buffer text) {
    number++;
    if (BulkLine.isBlank(text)) {
      return;
    }
    if (taken == 0 && window.isEmpty() && !BulkLine.isBeginOfObject(text)) {
      giveUp(new Fault.InvalidJson("the first line is no JSON object"));
      return;
    }
    var line = new BulkLine(number, reckonedBytes(text.length()));
    window.add(line);
    unbegun.add(line);
    windowBytes += line.bytes();
    unanswered++;
    atWork.incrementAndGet();
    here.then(
        EventLoop.attempt(() -> work.apply(new LineCall(call, bearer, text))),
        ready -> prepared(line, ready));
  }

  private void prepared(BulkLine line, AsyncResult<ReadyLine> ready) {
    line.isReady(ready);
    while (!unbegun.isEmpty() && unbegun.peek().isPrepared()) {
      BulkLine next = unbegun.poll();
      here.then(EventLoop.attempt(next::carryOut), answer -> answered(next, answer));
    }
  }

  private void answered(BulkLine line, AsyncResult<Answer> answer) {
    line.isAnswered(answer.succeeded() ? answer.result() : body.answerTo(answer.cause()));
    unanswered--;
    atWork.decrementAndGet();
    leaveIfOver();
    tell();
  }

  /** Others may have the places when nothing more will be at work. */
  private void leaveIfOver() {
    if (ended && unanswered == 0) {
      places.release();
    }
  }

  private boolean hasNews() {
    return window.isEmpty() ? ended : window.peek().hasAnswer();
  }

  private void tell() {
    if (waiting != null && hasNews()) {
      Promise<Void> promise = waiting;
      waiting = null;
      // What is answered at the same time is told at once.
      EventLoop.afterwards(promise::complete);
    }
  }

  private Future<Void> toTell() {
    if (hasNews()) {
      return Future.succeededFuture();
    }
    waiting = Promise.promise();
    return waiting.future();
  }

  private Buffer take() {
    Buffer piece = Buffer.buffer();
    while (!window.isEmpty() && window.peek().hasAnswer() && piece.length() < PIECE_BYTES) {
      BulkLine line = window.poll();
      windowBytes -= line.bytes();
      taken = line.number();
      line.writeTo(piece);
    }
    fill();
    if (window.isEmpty() && ended) {
      told = true;
      BulkLine.writeEnd(piece, taken, broken.map(body::answerTo));
    }
    return piece;
  }
}
