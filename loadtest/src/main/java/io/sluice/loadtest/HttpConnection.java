package io.sluice.loadtest;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One keep-alive connection with one request in flight. It reads no more of an answer than its
 * status and where it ends, so that the generator takes as little as possible of the processors
 * that it shares with what it measures.
 */
final class HttpConnection {
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] RETRY = "retry-after:".getBytes(StandardCharsets.US_ASCII);
  private static final int STATUS_AT = 9;
  private static final int LOWER_CASE = 0x20;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer out;
  private final ByteBuffer in;
  private long countsFrom;
  private boolean saysWhen;

  private HttpConnection(SocketChannel channel, SelectionKey key, Requests requests) {
    this.channel = channel;
    this.key = key;
    this.out = ByteBuffer.allocateDirect(requests.length());
    this.in = ByteBuffer.allocateDirect(requests.mostAnswerBytes());
    key.attach(this);
  }

  /** Connects to 127.0.0.1, waiting until that is done. */
  static HttpConnection open(Selector selector, Requests requests) throws IOException {
    var channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", requests.port()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    return new HttpConnection(channel, channel.register(selector, SelectionKey.OP_READ), requests);
  }

  /** From when the time of the answer counts, as {@link System#nanoTime}. */
  long countsFrom() {
    return countsFrom;
  }

  /** Whether the last answer said when to come back. */
  boolean saysWhen() {
    return saysWhen;
  }

  /** Sends the next request; the one before must have been answered. */
  void send(Requests requests, long from) throws IOException {
    countsFrom = from;
    out.clear();
    requests.next(out);
    out.flip();
    write();
  }

  private void write() throws IOException {
    channel.write(out);
    key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }

  /**
   * Goes on with what the selector found ready.
   *
   * @return the status when an answer is complete, else 0
   * @throws IOException also when the peer has closed the connection
   */
  int proceed() throws IOException {
    if (out.hasRemaining()) {
      write();
      return 0;
    }
    if (!in.hasRemaining()) {
      throw new IOException("an answer of more than " + in.capacity() + " bytes");
    }
    if (channel.read(in) < 0) {
      throw new EOFException("closed by the gateway");
    }
    int end = end();
    if (end == 0 || in.position() < end) {
      return 0;
    }
    int status = number(STATUS_AT);
    in.clear();
    return status;
  }

  void close() {
    try {
      channel.close();
    } catch (IOException done) {
      // It is of no use any more in any case.
    }
  }

  /** Where the answer ends, or 0 while its head is incomplete. */
  private int end() {
    saysWhen = false;
    int length = 0;
    int lineStart = 0;
    for (int i = 0; i < in.position(); i++) {
      if (in.get(i) == '\n') {
        if (i - lineStart <= 1) {
          return i + 1 + length;
        }
        lineStart = i + 1;
        if (is(LENGTH, lineStart)) {
          length = number(lineStart + LENGTH.length);
        }
        saysWhen |= is(RETRY, lineStart);
      }
    }
    return 0;
  }

  /** Whether a header of this name, in lower case with its colon, begins there. */
  private boolean is(byte[] name, int start) {
    if (start + name.length > in.position()) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if ((in.get(start + i) | LOWER_CASE) != (name[i] | LOWER_CASE)) {
        return false;
      }
    }
    return true;
  }

  /** The number that is written at an index, after spaces. */
  private int number(int start) {
    int at = start;
    while (in.get(at) == ' ') {
      at++;
    }
    int number = 0;
    for (; at < in.position() && Character.isDigit(in.get(at)); at++) {
      number = 10 * number + in.get(at) - '0';
    }
    return number;
  }
}
