package io.sluice.loadtest;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.IntConsumer;

/**
 * One keep-alive connection with one request in flight. It reads no more of an answer than its
 * status and its end, so that the generator takes as little as possible of the processors that it
 * shares with what it measures.
 */
final class HttpConnection {
  private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);

  private final NetSocket socket;
  private final byte[] head;
  private Buffer pending = Buffer.buffer();
  private IntConsumer answered = status -> {};

  private HttpConnection(NetSocket socket, String token) {
    this.socket = socket;
    this.head =
        ("/transfer HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer "
                + token
                + "\r\nContent-Length: ")
            .getBytes(StandardCharsets.US_ASCII);
    socket.handler(this::read);
    socket.closeHandler(closed -> answered.accept(0));
  }

  static Future<HttpConnection> open(NetClient client, Target target) {
    return client
        .connect(target.port(), "127.0.0.1")
        .map(socket -> new HttpConnection(socket, target.token()));
  }

  /** Sends a transfer; {@code answered} gets the status, or 0 when the connection was closed. */
  void send(UUID source, UUID destination, UUID transaction, IntConsumer whenAnswered) {
    answered = whenAnswered;
    String body =
        "{\"destination_ledger_id\":\""
            + destination
            + "\",\"amount\":1,\"transaction_id\":\""
            + transaction
            + "\"}";
    socket.write(
        Buffer.buffer(600)
            .appendString("POST /v1/ledgers/")
            .appendString(source.toString())
            .appendBytes(head)
            .appendString(Integer.toString(body.length()))
            .appendString("\r\n\r\n")
            .appendString(body));
  }

  void close() {
    answered = status -> {};
    socket.close();
  }

  private void read(Buffer chunk) {
    pending = pending.length() == 0 ? chunk : pending.appendBuffer(chunk);
    int end = headEnd();
    if (end < 0 || pending.length() < end + contentLength(end)) {
      return;
    }
    int status =
        (pending.getByte(9) - '0') * 100
            + (pending.getByte(10) - '0') * 10
            + pending.getByte(11)
            - '0';
    pending = Buffer.buffer();
    answered.accept(status);
  }

  private int headEnd() {
    for (int i = 3; i < pending.length(); i++) {
      if (pending.getByte(i) == '\n' && pending.getByte(i - 2) == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private int contentLength(int end) {
    for (int i = 0; i < end - LENGTH.length; i++) {
      if (matches(i)) {
        int length = 0;
        for (int d = i + LENGTH.length; Character.isDigit(pending.getByte(d)); d++) {
          length = 10 * length + pending.getByte(d) - '0';
        }
        return length;
      }
    }
    throw new IllegalStateException("an answer without content-length");
  }

  private boolean matches(int start) {
    for (int i = 0; i < LENGTH.length; i++) {
      if (Character.toLowerCase(pending.getByte(start + i)) != LENGTH[i]) {
        return false;
      }
    }
    return true;
  }
}
