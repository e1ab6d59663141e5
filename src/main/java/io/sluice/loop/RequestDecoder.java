package io.sluice.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads requests as RFC 9112 wants them read where the decoder that this extends is content with
 * less. What cannot be read keeps its method and path, as far as they came, so that whoever answers
 * it knows whom it was for.
 *
 * <p>It reads no request while the one before it is not over: as bytes a request takes a fraction
 * of what it takes as an object, and a client may send thousands of them at once.
 */
final class RequestDecoder extends VertxHttpRequestDecoder {
  /** How much is looked at of a first line that cannot be read. */
  private static final int MAX_SHOWN_BYTES = 512;

  /** What a header field takes in memory besides its bytes. */
  private static final int BYTES_OF_FIELD = 160;

  private static final Pattern VERSION = Pattern.compile("HTTP/[0-9]\\.[0-9]");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final int MAJOR = "HTTP/".length();

  /** Told that a body has stopped to be HTTP, after all that came before. */
  private final Runnable broken;

  private ByteBuf input;
  private int start;

  /** The head that is being read; null between heads, and before the first line is whole. */
  private HttpMessage unfinished;

  /** Where the latest word of the first line ends. */
  private int endOfWord;

  private int hosts;
  private int fields;

  /** Bytes that were read of the head that is not whole. */
  private int headBytes;

  private int latestHeadBytes;
  private long heads;
  private boolean discarding;

  /** Whether a request has been read whole and is not over. */
  private boolean waiting;

  RequestDecoder(HttpServerOptions options, Runnable broken) {
    super(options);
    this.broken = broken;
  }

  /** Reads nothing more. */
  void stop() {
    discarding = true;
  }

  /** How many requests have been read, including those that are none. */
  long heads() {
    return heads;
  }

  /** The memory that the head of the latest request takes, in bytes. */
  int latestHeadBytes() {
    return latestHeadBytes;
  }

  /** The memory that is taken by what came in and is no request yet, in bytes. */
  int unreadBytes() {
    return actualReadableBytes() + (unfinished == null ? 0 : weight());
  }

  private int weight() {
    return headBytes + BYTES_OF_FIELD * fields;
  }

  /** Whether bytes wait until a request is over. */
  boolean holdsBytes() {
    return waiting && actualReadableBytes() > 0;
  }

  /** The request that was read last is over: what comes after it may be read. */
  void next() {
    waiting = false;
  }

  /** Reads what waited, if it may be read. Never from within reading. */
  void readHeld(ChannelHandlerContext context) throws Exception {
    if (!waiting && actualReadableBytes() > 0) {
      channelRead(context, Unpooled.EMPTY_BUFFER);
      channelReadComplete(context);
    }
  }

  /** Ends a head that has begun but does not come to its end; false when none has begun. */
  boolean giveUp(ChannelHandlerContext context) {
    if (discarding || unfinished == null && actualReadableBytes() == 0) {
      return false;
    }
    if (unfinished == null) {
      input = internalBuffer();
      start = input.readerIndex();
    }
    HttpMessage late = unfinished == null ? createInvalidMessage() : unfinished;
    refuse(late, HeadFlaw.LATE);
    heads++;
    unfinished = null;
    context.fireChannelRead(late);
    context.fireChannelReadComplete();
    return true;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out)
      throws Exception {
    if (discarding) {
      buffer.skipBytes(buffer.readableBytes());
      return;
    }
    if (waiting) {
      return;
    }
    input = buffer;
    start = buffer.readerIndex();
    int before = out.size();
    super.decode(context, buffer, out);
    headBytes += buffer.readerIndex() - start;
    if (out.size() > before) {
      decoded(context, out, before);
      headBytes = 0;
    }
  }

  private void decoded(ChannelHandlerContext context, List<Object> out, int first) {
    if (out.get(first) instanceof HttpRequest request) {
      heads++;
      unfinished = null;
      latestHeadBytes = weight();
      if (request.decoderResult().isSuccess() && !isHostGiven(request)) {
        refuse(request, HeadFlaw.HOST);
      }
    }
    Object last = out.getLast();
    waiting = last instanceof LastHttpContent;
    if (last instanceof HttpContent content && content.decoderResult().isFailure()) {
      discarding = true;
      ReferenceCountUtil.release(out.removeLast());
      context.executor().execute(broken);
    }
  }

  private void refuse(HttpMessage head, HeadFlaw flaw) {
    discarding = true;
    head.setDecoderResult(DecoderResult.failure(new HeadFlaw.Found(flaw)));
  }

  private boolean isHostGiven(HttpRequest request) {
    return hosts == 1 || hosts == 0 && request.protocolVersion() == HttpVersion.HTTP_1_0;
  }

  @Override
  protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    long seen = heads - out.stream().filter(HttpRequest.class::isInstance).count();
    if (!discarding) {
      super.decodeLast(context, in, out);
    }
    heads = seen + out.stream().filter(HttpRequest.class::isInstance).count();
  }

  @Override
  protected String splitFirstWordInitialLine(byte[] bytes, int from, int length) {
    endOfWord = from + length;
    return super.splitFirstWordInitialLine(bytes, from, length);
  }

  @Override
  protected String splitSecondWordInitialLine(byte[] bytes, int from, int length) {
    follow(bytes, from, length);
    return super.splitSecondWordInitialLine(bytes, from, length);
  }

  @Override
  protected String splitThirdWordInitialLine(byte[] bytes, int from, int length) {
    follow(bytes, from, length);
    return super.splitThirdWordInitialLine(bytes, from, length);
  }

  /** Words are told apart by one blank: where there is more, a proxy may see others. */
  private void follow(byte[] bytes, int from, int length) {
    if (from != endOfWord + 1 || bytes[endOfWord] != ' ') {
      throw new HeadFlaw.Found(HeadFlaw.MALFORMED);
    }
    endOfWord = from + length;
  }

  @Override
  protected AsciiString splitHeaderName(byte[] bytes, int from, int length) {
    if (length == 0) {
      throw new HeadFlaw.Found(HeadFlaw.MALFORMED);
    }
    if (++fields > Wire.MAX_HEADER_FIELDS) {
      throw new HeadFlaw.Found(HeadFlaw.TOO_MANY_HEADERS);
    }
    AsciiString name = super.splitHeaderName(bytes, from, length);
    if (length == HttpHeaderNames.HOST.length()
        && name.contentEqualsIgnoreCase(HttpHeaderNames.HOST)) {
      hosts++;
    }
    return name;
  }

  /** A higher minor version is read as the one that is known (RFC 9110, section 2.5). */
  @Override
  protected HttpMessage createMessage(String[] line) {
    String version = line[2];
    if (!version.equals(HttpVersion.HTTP_1_1.text())
        && !version.equals(HttpVersion.HTTP_1_0.text())) {
      line[2] = known(version);
    }
    hosts = 0;
    fields = 0;
    unfinished = super.createMessage(line);
    return unfinished;
  }

  private static String known(String version) {
    if (!VERSION.matcher(version).matches()) {
      throw new HeadFlaw.Found(HeadFlaw.MALFORMED);
    }
    if (version.charAt(MAJOR) != '1') {
      throw new HeadFlaw.Found(HeadFlaw.VERSION);
    }
    return HttpVersion.HTTP_1_1.text();
  }

  @Override
  protected HttpMessage createInvalidMessage() {
    int length = Math.min(MAX_SHOWN_BYTES, input.writerIndex() - start);
    String line = input.toString(start, length, StandardCharsets.ISO_8859_1);
    String[] words = BLANKS.split(line.strip());
    boolean head = words[0].equals(HttpMethod.HEAD.name());
    String target = words.length > 1 ? words[1] : "/";
    return new DefaultHttpRequest(
        HttpVersion.HTTP_1_1, head ? HttpMethod.HEAD : HttpMethod.GET, target);
  }
}
