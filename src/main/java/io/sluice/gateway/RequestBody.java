package io.sluice.gateway;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Fault;
import io.sluice.dialect.FaultException;
import io.sluice.dialect.Headers;
import io.sluice.dialect.Inflow;
import io.sluice.dialect.MediaTypes;
import io.sluice.ledger.TenantId;
import io.sluice.share.Shares;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The body of one request: whether it is wanted, its bytes as they come in, and how many came. A
 * body that is not wanted, or no longer, is read on and thrown away, up to a limit, so that the
 * client can finish sending and then read its answer.
 */
final class RequestBody {
  static final Buffer NONE = Buffer.buffer();

  /** How much of an unwanted body is thrown away before the connection is cut. */
  private static final long MAX_DISCARDED_BYTES = 8 * 1024 * 1024;

  /** The largest body of somebody who has not shown who he is. */
  static final int MAX_STRANGERS_BYTES = 16_384;

  /** For whoever still waits for a part of it. */
  private static final Fault GONE = new Fault.BadRequest("nobody is there for the rest");

  /** When there may be memory again for what did not fit. */
  static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final HttpServerRequest request;
  private int maxBytes;
  private Shares<?>.Holding memory;
  private Buffer bytes = NONE;

  /** Null where the body is collected. */
  private BodyInflow inflow;

  private boolean copied;
  private boolean whole;
  private boolean continued;
  private long receivedBytes;
  private long discardedBytes;

  RequestBody(HttpServerRequest request) {
    this.request = request;
  }

  /** Why the body is not taken, by what the headers announce; empty when it is. */
  Optional<Fault> objection(Endpoint endpoint, IncomingCall call, LoopRequests loop) {
    countFor(call, loop);
    try {
      Optional<String> type = header(HttpHeaders.CONTENT_TYPE);
      if (isEncoded() || !MediaTypes.accepts(endpoint.consumes(), type.orElse(null))) {
        return Optional.of(new Fault.UnsupportedMediaType(type.orElse("")));
      }
      if (endpoint.consumes() == Endpoint.Consumes.LINES) {
        return memory.take(endpoint.heldBytes())
            ? Optional.empty()
            : Optional.of(new Fault.Overloaded(RETRY_AFTER));
      }
      return announcedBytes() > maxBytes ? Optional.of(tooLarge()) : Optional.empty();
    } catch (FaultException repeated) {
      return Optional.of(repeated.fault());
    }
  }

  /** The memory that the body needs is its tenant's, else its address's. */
  private void countFor(IncomingCall call, LoopRequests loop) {
    int most = loop.settings().maxBodyBytes();
    Optional<TenantId> tenant = call.tenant();
    maxBytes = tenant.isPresent() ? most : Math.min(most, MAX_STRANGERS_BYTES);
    memory =
        tenant.isPresent()
            ? loop.state().bodies().holding(tenant.get())
            : loop.state().unfinished().holding(call.address());
  }

  /**
   * From now on chunks go to whoever asks for them.
   *
   * @param failures how failures are answered
   */
  void flow(LoopRequests loop, Function<Throwable, Answer> failures) {
    inflow = new BodyInflow(request.pause(), loop, failures);
  }

  /** Whether chunks go to whoever asks for them. */
  boolean flows() {
    return inflow != null;
  }

  /**
   * Where they are asked for.
   *
   * @throws IllegalStateException when the body does not flow
   */
  Inflow inflow() {
    if (inflow == null) {
      throw new IllegalStateException("the body is not taken as it comes");
    }
    return inflow;
  }

  /** Gives the memory back: nobody looks at the body any more. */
  void release() {
    bytes = NONE;
    if (inflow != null) {
      inflow.end(GONE);
    }
    if (memory != null) {
      memory.release();
    }
  }

  /** The rest of a body that flows will not come. */
  void breaks(Fault fault) {
    inflow.fail(fault);
    end();
  }

  /** Lets a client that waits for a word send its body. */
  void continueIfAsked() {
    if (isWithheld()) {
      continued = true;
      request.response().writeContinue();
    }
  }

  /**
   * Whether the client waits for a word before it sends the body, as none of it has come. What
   * comes after a final answer may be that body or the next request, nobody can tell. In HTTP/1.0
   * the header says nothing (RFC 9110, section 10.1.1).
   */
  boolean isWithheld() {
    return !whole
        && !continued
        && receivedBytes == 0
        && request.version() == HttpVersion.HTTP_1_1
        && Headers.list(request.headers(), HttpHeaders.EXPECT)
            .filter("100-continue"::equalsIgnoreCase)
            .isPresent();
  }

  /** Keeps a chunk, or says why not: the body is too long, or there is no memory for it now. */
  Optional<Fault> collect(Buffer chunk) {
    receivedBytes += chunk.length();
    if (receivedBytes > maxBytes) {
      return Optional.of(tooLarge());
    }
    if (!memory.take(chunk.length())) {
      return Optional.of(new Fault.Overloaded(RETRY_AFTER));
    }
    append(chunk);
    return Optional.empty();
  }

  /** Hands a chunk on, or throws it away; false when that has been done for too many bytes. */
  boolean passOn(Buffer chunk) {
    receivedBytes += chunk.length();
    if (inflow != null && inflow.received(chunk)) {
      return true;
    }
    discardedBytes += chunk.length();
    return discardedBytes <= MAX_DISCARDED_BYTES;
  }

  /** The last chunk has come. */
  void end() {
    whole = true;
    if (inflow != null) {
      inflow.receivedAll();
    }
  }

  boolean isWhole() {
    return whole;
  }

  /** What was collected. */
  Buffer bytes() {
    return bytes;
  }

  /** Of all chunks, also of those that were thrown away. */
  long receivedBytes() {
    return receivedBytes;
  }

  Fault tooLarge() {
    return new Fault.BodyTooLarge(maxBytes);
  }

  private boolean isEncoded() {
    return header(HttpHeaders.CONTENT_ENCODING)
        .filter(encoding -> !encoding.equalsIgnoreCase("identity"))
        .isPresent();
  }

  private Optional<String> header(CharSequence name) {
    return Headers.single(request.headers(), name);
  }

  /** Netty has refused anything but digits that fit a long by now. */
  private long announcedBytes() {
    return header(HttpHeaders.CONTENT_LENGTH)
        .map(length -> Long.parseLong(length.trim()))
        .orElse(0L);
  }

  /** Nearly every body is one chunk, which is not copied. */
  private void append(Buffer chunk) {
    if (bytes == NONE) {
      bytes = chunk;
    } else if (copied) {
      bytes.appendBuffer(chunk);
    } else {
      copied = true;
      bytes =
          Buffer.buffer(bytes.length() + chunk.length()).appendBuffer(bytes).appendBuffer(chunk);
    }
  }
}
