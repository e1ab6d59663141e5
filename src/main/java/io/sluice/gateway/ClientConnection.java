package io.sluice.gateway;

import io.sluice.access.ClientAddress;
import io.sluice.loop.Wire;
import io.sluice.share.Shares;
import io.vertx.core.http.HttpConnection;

/**
 * One client's connection, on its event loop. Between requests it waits in one of two lines: for
 * the head of a request of which bytes have come (or for the very first one), or for any byte. What
 * has come and is no request yet counts as its address's memory, and so does the head of a request,
 * as long as that is not over, where it takes more than most do.
 */
final class ClientConnection extends Timed implements Wire.Watcher {
  /** Bytes of answers that may wait for a client before it is given no more. */
  private static final int STALL_BYTES = 16_384;

  /** What a head may take in memory that does not count: what each connection is reckoned with. */
  private static final int FREE_HEAD_BYTES = 4_096;

  private final LoopConnections loop;
  private final HttpConnection http;
  private final String peer;
  private final ClientAddress address;
  private final Shares<ClientAddress>.Holding place;
  private final Shares<ClientAddress>.Holding received;
  private final Shares<ClientAddress>.Holding head;
  private final Unread unread;
  private final Wire wire;

  /** Requests that are not over; more than one for a moment only. */
  private int requests;

  /** The last one that began; null when it is over. */
  private Exchange latest;

  /** What counts as received. */
  private int receivedBytes;

  /** How many requests have begun; fewer than were read while some wait for those before them. */
  private long begun;

  private boolean inputEnded;
  private boolean leaving;

  /**
   * @param peer the IP address at the other end; empty when it is not known
   * @param place one of the places for connections, already taken
   */
  ClientConnection(
      LoopConnections loop,
      HttpConnection http,
      String peer,
      ClientAddress address,
      Shares<ClientAddress>.Holding place) {
    this.loop = loop;
    this.http = http;
    this.peer = peer;
    this.address = address;
    this.place = place;
    received = loop.state().unfinished().holding(address);
    head = loop.state().unfinished().holding(address);
    unread = new Unread();
    wire = Wire.watch(http, loop.serverOptions(), STALL_BYTES, this);
    waitIn(loop.heads(), loop.nanoTime());
  }

  /** The IP address at the other end, which may be a proxy's; empty when it is not known. */
  String peer() {
    return peer;
  }

  ClientAddress address() {
    return address;
  }

  /**
   * The head of a request is whole.
   *
   * @return false when it takes more memory than there is for its address
   */
  boolean begins(Exchange exchange) {
    latest = exchange;
    begun++;
    requests++;
    receivedBytes = 0;
    received.release();
    leave();
    int more = wire.latestHeadBytes() - FREE_HEAD_BYTES;
    return more <= 0 || head.take(more);
  }

  /** The request and its answer are over. */
  void ends(Exchange exchange) {
    latest = latest == exchange ? null : latest;
    requests--;
    head.release();
    if (requests == 0 && place.isHeld()) {
      waitIn(leaving ? loop.leaving() : loop.idle(), loop.nanoTime());
      closeIfNothingComes();
      wire.next();
    }
  }

  /**
   * The client has been told that this answer is the last.
   *
   * @param sending whether it may still be sending, so that it needs some time to read that
   */
  void leaves(boolean sending) {
    leaving = true;
    if (sending) {
      wire.linger();
    }
  }

  /** Whether the last answer has been given. What was sent after its request counts for nothing. */
  boolean isLeaving() {
    return leaving;
  }

  private void closeIfNothingComes() {
    if (inputEnded && requests == 0 && wire.heads() == begun) {
      http.close();
    }
  }

  /** Whether the client does not take its answers as fast as it is given them. */
  boolean isStalled() {
    return !wire.flows();
  }

  /** Calls back when a stalled client has taken what was sent to it. */
  void whenFlowing(Runnable next) {
    unread.next = next;
  }

  @Override
  public void receivedAll() {
    int bytes = wire.unreadBytes();
    if (requests == 0 && bytes > 0 && line == loop.idle()) {
      waitIn(loop.heads(), loop.nanoTime());
    }
    int more = bytes - receivedBytes;
    if (more > 0) {
      receivedBytes = bytes;
      if (!received.take(more)) {
        cut(Cut.MEMORY);
      }
    }
  }

  @Override
  public void bodyBroken() {
    if (latest != null) {
      latest.broken("the body's chunks are not well-formed");
    }
  }

  @Override
  public void inputEnded() {
    inputEnded = true;
    if (latest != null) {
      latest.broken("the body ended early");
    }
    closeIfNothingComes();
  }

  @Override
  public void stalled() {
    if (unread.line == null) {
      unread.waitIn(loop.unread(), loop.nanoTime());
    }
  }

  @Override
  public void flows() {
    unread.end();
  }

  /** No request came in time, or the client does not hang up. */
  @Override
  void late() {
    if (line == loop.heads()) {
      lateHead();
    } else {
      cut(line == loop.idle() ? Cut.IDLE : Cut.BODY);
    }
  }

  private void lateHead() {
    if (wire.giveUpHead()) {
      loop.state().cut(Cut.HEAD);
    } else {
      cut(Cut.HEAD);
    }
  }

  void cut(Cut cause) {
    loop.state().cut(cause);
    wire.cut();
  }

  /** It is closed, whoever did that. A request that was answered before it was whole ends too. */
  void closed() {
    if (latest != null) {
      latest.abandon();
    }
    leave();
    unread.leave();
    unread.memory.release();
    received.release();
    head.release();
    place.release();
  }

  /** That the client does not take its answers as fast as it is given them. */
  final class Unread extends Timed {
    private final Shares<ClientAddress>.Holding memory = loop.state().unread().holding(address);
    private Runnable next = () -> {};

    /** Counts what waits as the address's memory, once. */
    void count() {
      if (!memory.isHeld() && !memory.take(Math.max(1, wire.unsentBytes()))) {
        cut(Cut.MEMORY);
      }
    }

    private void end() {
      leave();
      memory.release();
      Runnable waiting = next;
      next = () -> {};
      waiting.run();
    }

    @Override
    void late() {
      cut(Cut.WRITE);
    }
  }
}
