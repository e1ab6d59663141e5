package io.sluice.loop;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;

/** What can be wrong with the head of a request, so that it is none. */
public enum HeadFlaw {
  /** Its first line is longer than is taken. */
  LINE_TOO_LONG,
  /** Its headers are longer than is taken. */
  HEADERS_TOO_LONG,
  /** It has more header fields than are taken. */
  TOO_MANY_HEADERS,
  /** It is of an HTTP of another major version. */
  VERSION,
  /** It has not one Host header, but none in HTTP/1.1, or several. */
  HOST,
  /** It did not come to its end in time. */
  LATE,
  /** It is not well-formed in another way. */
  MALFORMED;

  /** Carries a flaw through a decoder. */
  static final class Found extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HeadFlaw flaw;

    Found(HeadFlaw flaw) {
      super(flaw.name(), null, false, false);
      this.flaw = flaw;
    }
  }

  /** What is wrong with a request that was not decoded. */
  public static HeadFlaw of(HttpServerRequest request) {
    return switch (request.decoderResult().cause()) {
      case Found found -> found.flaw;
      case TooLongHttpLineException tooLong -> LINE_TOO_LONG;
      case TooLongHttpHeaderException tooLong -> HEADERS_TOO_LONG;
      case null, default -> MALFORMED;
    };
  }
}
