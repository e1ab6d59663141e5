package io.sluice.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/** One TCP connection, for requests that no HTTP client would send. */
public final class RawClient implements AutoCloseable {
  private static final int FIRST_FINAL = 200;
  private static final int NO_CONTENT = 204;

  /** What is sent and read; in TLS, where that is spoken. */
  private final Socket socket;

  private final Socket wire;

  /** Connects to the loopback address. */
  public RawClient(int port) {
    this(port, "127.0.0.1");
  }

  /** Connects to the loopback address, from another address of this machine. */
  public RawClient(int port, String from) {
    wire = connect(port, from);
    socket = wire;
  }

  private RawClient(Socket wire, Socket socket) {
    this.wire = wire;
    this.socket = socket;
  }

  /** Connects to the loopback address, and agrees on TLS. */
  public static RawClient tls(int port, SSLContext context) {
    Socket plain = connect(port, "127.0.0.1");
    try {
      String host = plain.getInetAddress().getHostAddress();
      var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
      socket.startHandshake();
      return new RawClient(plain, socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Socket connect(int port, String from) {
    try {
      var loopback = InetAddress.getLoopbackAddress();
      var socket = new Socket(loopback, port, InetAddress.ofLiteral(from), 0);
      socket.setSoTimeout((int) Patience.LIMIT.toMillis());
      socket.setTcpNoDelay(true);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the server has shown in TLS. */
  public X509Certificate shown() {
    try {
      return (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0];
    } catch (SSLPeerUnverifiedException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends Latin-1 text as it is. */
  public RawClient send(String text) {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends bytes; that the server has hung up meanwhile is seen when reading. */
  public RawClient send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (SocketException | SSLException e) {
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Says that nothing more will come. */
  public RawClient endOutput() {
    try {
      socket.shutdownOutput();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one answer, framed by its Content-Length or in chunks. */
  public Reply read() {
    try {
      return read(socket.getInputStream(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads every answer until the server hangs up, but for those that say that another comes.
   *
   * @param bodiless whether the first answer has no body whatever its headers say, as that to HEAD
   */
  public List<Reply> readAll(boolean bodiless) {
    var in = new ByteArrayInputStream(readBytes());
    List<Reply> replies = new ArrayList<>();
    try {
      while (in.available() > 0) {
        Reply reply = read(in, bodiless && replies.isEmpty());
        if (reply.status() >= FIRST_FINAL) {
          replies.add(reply);
        }
      }
      return replies;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Reply read(InputStream in, boolean bodiless) throws IOException {
    String[] lines = readHead(in).split("\r\n");
    Map<String, List<String>> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          List.of(lines[i].substring(colon + 1).trim()));
    }
    int status = Integer.parseInt(lines[0].split(" ")[1]);
    boolean empty = bodiless || status < FIRST_FINAL || status == NO_CONTENT;
    return new Reply(status, headers, empty ? new byte[0] : readBody(in, headers));
  }

  private static byte[] readBody(InputStream in, Map<String, List<String>> headers)
      throws IOException {
    if (headers.containsKey("transfer-encoding")) {
      return readChunks(in);
    }
    List<String> length = headers.get("content-length");
    // What has no length goes on to the end of the connection, as long answers in HTTP/1.0 do.
    return length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length.getFirst()));
  }

  private static byte[] readChunks(InputStream in) throws IOException {
    var body = new ByteArrayOutputStream();
    int length;
    do {
      length = Integer.parseInt(readLine(in), 16);
      body.write(in.readNBytes(length));
      readLine(in);
    } while (length > 0);
    return body.toByteArray();
  }

  /**
   * The next line of what comes, of a head or of a body, that begins so; others are passed over.
   */
  public String readLine(String beginning) {
    try {
      String line = readLine(socket.getInputStream());
      while (!line.startsWith(beginning)) {
        line = readLine(socket.getInputStream());
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String readLine(InputStream in) throws IOException {
    var line = new StringBuilder();
    int c = in.read();
    if (c < 0) {
      throw new EOFException("the server hung up");
    }
    for (; c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  /** Everything that the server sends until it hangs up, as Latin-1 text. */
  public String readToEnd() {
    return new String(readBytes(), StandardCharsets.ISO_8859_1);
  }

  private byte[] readBytes() {
    var bytes = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(bytes);
    } catch (SocketException | SSLException e) {
      // The server has cut the connection, which is an end too.
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Leaves so that the server learns at once that nobody reads any more. */
  public void reset() {
    try {
      wire.setSoLinger(true, 0);
      wire.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the server has hung up, waiting a while for it. */
  public boolean isHungUp() {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return e instanceof SocketException || e instanceof SSLException;
    }
  }

  private static String readHead(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the server hung up after: " + head);
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
