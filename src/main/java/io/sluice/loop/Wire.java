package io.sluice.loop;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** A connection's bytes, below HTTP. */
public final class Wire {
  private final Channel channel;

  /** Next to the wire: what is closed here passes nobody who would wait for the other end. */
  private final ChannelHandlerContext end;

  private Wire(Channel channel, ChannelHandlerContext end) {
    this.channel = channel;
    this.end = end;
  }

  /** Is told what happens, on the connection's event loop. */
  public interface Watcher {
    /** Bytes came in and are about to be read as HTTP. */
    void received(int bytes);

    /** What came in has been read as HTTP, for now. */
    void receivedAll();

    /** The other end does not take what is sent to it as fast as that is written. */
    void stalled();

    /** The other end has taken most of what was written. */
    void flows();
  }

  /**
   * Watches a connection from now on; called on its event loop.
   *
   * @param stallBytes that may wait to be sent before {@link Watcher#stalled} is called
   */
  public static Wire watch(HttpConnection connection, int stallBytes, Watcher watcher) {
    Channel channel = ((ConnectionBase) connection).channel();
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(stallBytes / 2, stallBytes));
    Tap tap = new Tap(watcher);
    channel.pipeline().addFirst(tap);
    return new Wire(channel, channel.pipeline().context(tap));
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

  /** Hangs up at once, whatever waits to be sent. */
  public void cut() {
    end.close();
  }

  private static final class Tap extends ChannelInboundHandlerAdapter {
    private final Watcher watcher;

    Tap(Watcher watcher) {
      this.watcher = watcher;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof ByteBuf bytes) {
        watcher.received(bytes.readableBytes());
      }
      context.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.fireChannelReadComplete();
      watcher.receivedAll();
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
}
