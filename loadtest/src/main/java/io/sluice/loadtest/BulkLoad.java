package io.sluice.loadtest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Loads the ledger API with one request of lines for each stream: one thread sends as fast as the
 * gateway takes, another reads. It counts outcomes only; a line's own time says nothing, as its
 * sender is held up.
 */
final class BulkLoad {
  private static final int LINES_A_CHUNK = 64;
  private static final int READ_BYTES = 65_536;
  private static final byte[] LINE = ascii("{\"line\":");
  private static final byte[] POSTED = ascii(",\"status\":201,");
  private static final byte[] END = ascii("{\"complete\":true,");

  private final Requests requests;
  private final long measureFrom;
  private final long stopAt;
  private final SocketChannel channel;
  private final Finder lines = new Finder(LINE);
  private final Finder posted = new Finder(POSTED);
  private final Finder end = new Finder(END);
  private long answeredInTime;

  private BulkLoad(Requests requests, long measureFrom, long stopAt) throws IOException {
    this.requests = requests;
    this.measureFrom = measureFrom;
    this.stopAt = stopAt;
    channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", requests.port()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /**
   * Sends until the time is over, then reads what is left.
   *
   * @param streams requests at the same time
   * @param warmUpSeconds what is answered in this time does not count
   */
  static Future<Load> run(
      Vertx vertx, Target target, Workload workload, int streams, int warmUpSeconds, int seconds) {
    long measureFrom = System.nanoTime() + TimeUnit.SECONDS.toNanos(warmUpSeconds);
    long stopAt = measureFrom + TimeUnit.SECONDS.toNanos(seconds);
    var all =
        IntStream.range(0, streams)
            .mapToObj(
                i ->
                    vertx.executeBlocking(
                        () ->
                            new BulkLoad(Requests.lines(target, workload), measureFrom, stopAt)
                                .load(target.token(), seconds),
                        false))
            .toList();
    return Future.all(all)
        .map(done -> all.stream().map(Future::result).reduce(BulkLoad::beside).orElseThrow());
  }

  /** Two at the same time. */
  private static Load beside(Load one, Load other) {
    return one.beside(other);
  }

  private Load load(String token, int seconds) throws Exception {
    try (channel) {
      send(ascii(head(token)));
      Thread sender = Thread.ofPlatform().name("bulk-sender").start(this::send);
      read();
      sender.join();
    }
    long errors = lines.found() - posted.found();
    return new Load(new Histogram(2), answeredInTime, seconds, errors, posted.found());
  }

  private static String head(String token) {
    return "POST /v1/ledgers/transfers/bulk HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
        + token
        + "\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";
  }

  private void send(byte[] bytes) throws IOException {
    var out = ByteBuffer.wrap(bytes);
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  private void send() {
    int length = LINES_A_CHUNK * requests.length();
    var out = ByteBuffer.allocateDirect(length + 16);
    byte[] size = ascii(Integer.toHexString(length) + "\r\n");
    byte[] ending = ascii("\r\n");
    try {
      while (System.nanoTime() < stopAt) {
        out.clear();
        out.put(size);
        for (int i = 0; i < LINES_A_CHUNK; i++) {
          requests.next(out);
        }
        out.put(ending).flip();
        while (out.hasRemaining()) {
          channel.write(out);
        }
      }
      send(ascii("0\r\n\r\n"));
    } catch (IOException gone) {
      // The reader sees that the last line is missing.
      System.out.println("  a bulk request was cut: " + gone);
    }
  }

  private void read() throws IOException {
    byte[] bytes = new byte[READ_BYTES];
    InputStream in = channel.socket().getInputStream();
    while (end.found() == 0) {
      int read = in.read(bytes);
      if (read < 0) {
        throw new EOFException("a bulk request ended without its last line");
      }
      long before = posted.found();
      for (int i = 0; i < read; i++) {
        lines.see(bytes[i]);
        posted.see(bytes[i]);
        end.see(bytes[i]);
      }
      long now = System.nanoTime();
      if (now >= measureFrom && now < stopAt) {
        answeredInTime += posted.found() - before;
      }
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Counts how often a text comes by, none of whose bytes but the first begins it again. */
  private static final class Finder {
    private final byte[] text;
    private int matched;
    private long found;

    Finder(byte[] text) {
      this.text = text;
    }

    void see(byte next) {
      if (next == text[matched]) {
        matched++;
      } else {
        matched = next == text[0] ? 1 : 0;
      }
      if (matched == text.length) {
        matched = 0;
        found++;
      }
    }

    long found() {
      return found;
    }
  }
}
