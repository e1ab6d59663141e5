package io.sluice.loop;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.ConnectionBase;

/** A connection's bytes, below HTTP, and how they are read as requests. */
public final class Wire {
  /** The most header fields of one request; clients send some ten, proxies add some more. */
  public static final int MAX_HEADER_FIELDS = 100;

  private static final int MIN_READ_BYTES = 64;
  private static final int FIRST_READ_BYTES = 2_048;

  /** What a client has sent ahead waits in memory, so no more of it is taken at once. */
  private static final int MAX_READ_BYTES = 16_384;

  private static final RecvByteBufAllocator READS =
      new AdaptiveRecvByteBufAllocator(MIN_READ_BYTES, FIRST_READ_BYTES, MAX_READ_BYTES);

  private final Channel channel;
  private final Tap tap;

  private final RequestDecoder decoder;

  private Wire(Channel channel, Tap tap, RequestDecoder decoder) {
    this.channel = channel;
    this.tap = tap;
    this.decoder = decoder;
  }

  /** Is told what happens, on the connection's event loop. */
  public interface Watcher {
    /** What came in has been read as HTTP, as far as it may be. */
    void receivedAll();

    /** The body that is coming in is no HTTP from here on; the rest is thrown away. */
    void bodyBroken();

    /** Nothing more will come in; the other end may still read. */
    void inputEnded();

    /** The other end does not take what is sent to it as fast as that is written. */
    void stalled();

    /** The other end has taken most of what was written. */
    void flows();
  }

  /**
   * Watches a connection from now on; called on its event loop before anything has come in.
   *
   * @param options of the server that took the connection
   * @param stallBytes that may wait to be sent before {@link Watcher#stalled} is called
   */
  public static Wire watch(
      HttpConnection connection, HttpServerOptions options, int stallBytes, Watcher watcher) {
    Channel channel = ((ConnectionBase) connection).channel();
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(stallBytes / 2, stallBytes));
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    var decoder = new RequestDecoder(options, watcher::bodyBroken);
    channel.pipeline().replace(VertxHttpRequestDecoder.class, "httpDecoder", decoder);
    channel.config().setRecvByteBufAllocator(READS);
    if (channel.pipeline().get(ChunkedWriteHandler.class) != null) {
      // There for files over TLS, of which none are sent; what it keeps back, nobody would count.
      channel.pipeline().remove(ChunkedWriteHandler.class);
    }
    var tap = new Tap(watcher, decoder);
    channel.pipeline().addBefore("httpDecoder", "tap", tap);
    return new Wire(channel, tap, decoder);
  }

  /** Whether the other end takes what is sent to it: known at once, before the watcher is told. */
  public boolean flows() {
    return channel.isWritable();
  }

  /** Bytes that wait to be sent. */
  public long unsentBytes() {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    return waiting == null ? 0 : waiting.totalPendingWriteBytes();
  }

  /** How many requests have been read, of which some may wait for those before them. */
  public long heads() {
    return decoder.heads();
  }

  /** The memory that the head of the latest request takes, in bytes. */
  public int latestHeadBytes() {
    return decoder.latestHeadBytes();
  }

  /** The memory that is taken by what came in and is no request yet, in bytes. */
  public int unreadBytes() {
    return decoder.unreadBytes();
  }

  /** The latest request is over; only now is read what came after it. */
  public void next() {
    boolean more = decoder.holdsBytes();
    decoder.next();
    if (more) {
      // Later, as this may be called while something is being read.
      channel.eventLoop().execute(tap::readHeld);
    }
  }

  /** Makes a request that is none of a head that does not come to its end; false without one. */
  public boolean giveUpHead() {
    return decoder.giveUp(channel.pipeline().context(decoder));
  }

  /**
   * Whoever closes the connection from now on only ends what is sent, so that the other end reads
   * that before it learns that nobody wants what it still sends. What it sends is thrown away until
   * it hangs up.
   */
  public void linger() {
    tap.lingers = true;
    decoder.stop();
  }

  /** Hangs up at once, whatever waits to be sent: nobody on the way waits for the other end. */
  public void cut() {
    channel.pipeline().firstContext().close();
  }

  private static final class Tap extends ChannelDuplexHandler {
    private final Watcher watcher;
    private final RequestDecoder decoder;
    private ChannelHandlerContext context;
    private boolean lingers;
    private boolean inputEnded;

    /** Whether no more is taken in, since what came in waits for a request that is not over. */
    private boolean stopped;

    /** That the other end sends no more, kept until all that it sent has been read. */
    private Object shutdown;

    /** Null until somebody closes a connection that lingers. */
    private ChannelPromise closing;

    Tap(Watcher watcher, RequestDecoder decoder) {
      this.watcher = watcher;
      this.decoder = decoder;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
      context = added;
    }

    private void readHeld() {
      try {
        decoder.readHeld(context.pipeline().context(decoder));
      } catch (Exception e) {
        context.fireExceptionCaught(e);
      }
      if (stopped && !decoder.holdsBytes()) {
        stopped = false;
        context.channel().config().setAutoRead(true);
      }
      readAll();
      if (shutdown != null && !decoder.holdsBytes()) {
        userEventTriggered(context, shutdown);
      }
    }

    private void readAll() {
      if (closing != null) {
        return;
      }
      if (decoder.holdsBytes()) {
        stopped = true;
        context.channel().config().setAutoRead(false);
      }
      watcher.receivedAll();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.fireChannelReadComplete();
      readAll();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      boolean ends = isEnd(event);
      if (ends && decoder.holdsBytes()) {
        shutdown = event;
        return;
      }
      context.fireUserEventTriggered(event);
      if (ends && !inputEnded) {
        shutdown = null;
        inputEnded = true;
        watcher.inputEnded();
      }
    }

    /** Of the connection, or of TLS on it. */
    private static boolean isEnd(Object event) {
      return event instanceof ChannelInputShutdownEvent || event == SslCloseCompletionEvent.SUCCESS;
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
      if (!lingers || inputEnded || shutdown != null || !context.channel().isActive()) {
        context.close(promise);
      } else if (closing == null) {
        closing = promise;
        context.pipeline().addFirst(new Drain(promise));
        endOutput(context.channel());
        context.channel().config().setAutoRead(true);
      }
    }

    private static void endOutput(Channel channel) {
      SslHandler tls = channel.pipeline().get(SslHandler.class);
      if (tls == null) {
        ((DuplexChannel) channel).shutdownOutput();
      } else {
        tls.closeOutbound().addListener(told -> ((DuplexChannel) channel).shutdownOutput());
      }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      if (context.channel().isWritable()) {
        watcher.flows();
      } else {
        watcher.stalled();
      }
      context.fireChannelWritabilityChanged();
    }
  }

  /** Throws away what comes from the wire until the other end hangs up. */
  private static final class Drain extends ChannelInboundHandlerAdapter {
    private final ChannelPromise closing;

    Drain(ChannelPromise closing) {
      this.closing = closing;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof ChannelInputShutdownEvent) {
        context.close(closing);
      } else {
        context.fireUserEventTriggered(event);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      closing.trySuccess();
      context.fireChannelInactive();
    }
  }
}
