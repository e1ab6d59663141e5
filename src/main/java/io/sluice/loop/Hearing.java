package io.sluice.loop;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.internal.SqlConnectionInternal;

/**
 * Notes when something was last heard from the other end of a connection to a database: what takes
 * long on one that answers is not what a silent one is.
 */
public final class Hearing {
  private volatile long lastNanos = System.nanoTime();

  private Hearing() {}

  /** Listens from now on, for as long as the connection is there. */
  public static Hearing of(SqlConnection connection) {
    var hearing = new Hearing();
    var inside = (SocketConnectionBase) ((SqlConnectionInternal) connection).unwrap();
    inside.socket().channelHandlerContext().pipeline().addFirst(hearing.new Ear());
    return hearing;
  }

  /** When that was, by {@link System#nanoTime()}; at first when listening began. */
  public long lastNanos() {
    return lastNanos;
  }

  private final class Ear extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      lastNanos = System.nanoTime();
      context.fireChannelRead(bytes);
    }
  }
}
