package io.sluice.dialect;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** One line of a request, and the line that answers it. */
final class BulkLine {
  private final long number;
  private final int bytes;

  /** Null until it is known. */
  private AsyncResult<ReadyLine> ready;

  /** Null until it is known. */
  private Answer answer;

  /**
   * @param number its place among all lines, from 1
   * @param bytes what it is reckoned to take in memory
   */
  BulkLine(long number, int bytes) {
    this.number = number;
    this.bytes = bytes;
  }

  long number() {
    return number;
  }

  int bytes() {
    return bytes;
  }

  void isReady(AsyncResult<ReadyLine> prepared) {
    ready = prepared;
  }

  boolean isPrepared() {
    return ready != null;
  }

  /** Fails where it could not be prepared. */
  Future<Answer> carryOut() {
    return ready.succeeded() ? ready.result().carryOut() : Future.failedFuture(ready.cause());
  }

  void isAnswered(Answer given) {
    answer = given;
    ready = null;
  }

  boolean hasAnswer() {
    return answer != null;
  }

  /** Writes its answer, which is that of a request of its own, as a line. */
  void writeTo(Buffer out) {
    out.appendString("{\"line\":").appendString(Long.toString(number)).appendString(",");
    writeRest(out, answer);
  }

  /**
   * Writes the last line, which tells a whole answer from one that was cut.
   *
   * @param last the last line that was answered
   * @param broken what the rest of the request is answered; empty where there is none
   */
  static void writeEnd(Buffer out, long last, Optional<Answer> broken) {
    out.appendString("{\"complete\":" + broken.isEmpty() + ",\"lines\":" + last);
    if (broken.isEmpty()) {
      out.appendString("}\n");
    } else {
      writeRest(out.appendString(","), broken.get());
    }
  }

  private static void writeRest(Buffer out, Answer answer) {
    out.appendString("\"status\":").appendString(Integer.toString(answer.status()));
    String wait = answer.headers().get(RetryAfter.HEADER);
    if (wait != null) {
      out.appendString(",\"retry_after\":").appendString(wait);
    }
    out.appendString(",\"body\":").appendBuffer(answer.body()).appendString("}\n");
  }

  /** Whether there is nothing in it but white space. */
  static boolean isBlank(Buffer text) {
    return firstVisible(text) < 0;
  }

  /** Whether it begins as a JSON object does. */
  static boolean isBeginOfObject(Buffer text) {
    return firstVisible(text) == '{';
  }

  /** The first byte that is no white space; -1 when there is none. */
  private static int firstVisible(Buffer text) {
    for (int i = 0; i < text.length(); i++) {
      byte each = text.getByte(i);
      if (each != ' ' && each != '\t' && each != '\r') {
        return each & 0xFF;
      }
    }
    return -1;
  }
}
