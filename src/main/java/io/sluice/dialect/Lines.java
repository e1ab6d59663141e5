package io.sluice.dialect;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Cuts what comes in chunks into lines. Holds one chunk and the beginning of one line at most. */
final class Lines {
  private static final byte[] NOTHING = {};

  private final int maxBytes;
  private Buffer begun = Buffer.buffer();
  private byte[] chunk = NOTHING;
  private int at;
  private boolean tooLong;

  /**
   * @param maxBytes of a line, its end not counted
   */
  Lines(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Takes the next chunk; the one before must have been used up. */
  void add(Buffer next) {
    chunk = next.getBytes();
    at = 0;
  }

  /** The next whole line without its end; empty when more has to come, or it is too long. */
  Optional<Buffer> next() {
    int end = at;
    while (end < chunk.length && chunk[end] != '\n') {
      end++;
    }
    tooLong |= begun.length() + end - at > maxBytes;
    if (tooLong) {
      return Optional.empty();
    }
    begun.appendBytes(chunk, at, end - at);
    boolean whole = end < chunk.length;
    at = whole ? end + 1 : end;
    return whole ? Optional.of(take()) : Optional.empty();
  }

  /** What is left when all has come: a last line may lack its end. */
  Buffer last() {
    return take();
  }

  /** Whether the line that comes is too long; there are no further ones then. */
  boolean isTooLong() {
    return tooLong;
  }

  private Buffer take() {
    Buffer line = begun;
    begun = Buffer.buffer();
    return line;
  }
}
