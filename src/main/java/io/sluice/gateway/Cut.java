package io.sluice.gateway;

import java.util.Locale;

/** Why a connection was cut. */
enum Cut {
  /** The client and the port could not agree on TLS, in time or at all. */
  HANDSHAKE,
  /** The head of a request did not come in time. */
  HEAD,
  /** The body of a request did not come in time, or was far larger than it may be. */
  BODY,
  /** The rest of an answer that had begun could not be made. */
  ANSWER,
  /** The client did not take its answer in time. */
  WRITE,
  /** No request came for a long time. */
  IDLE,
  /** There were too many connections, or too many from one address. */
  CONNECTIONS,
  /** Unfinished requests or unread answers took too much memory. */
  MEMORY;

  /** As in metrics. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
