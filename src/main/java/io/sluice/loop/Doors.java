package io.sluice.loop;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.VertxHandler;
import io.vertx.core.transport.Transport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/**
 * The transport of this machine, with doors: each server has a number of connections beyond which
 * those that are accepted are closed at once. Whoever connects and hangs up faster than event loops
 * take connections on would else have the acceptor pile them up, and their files.
 */
public final class Doors implements Transport {
  private final Transport transport;
  private final ToIntFunction<NetServerOptions> places;

  /**
   * @param places how many connections a server has at most, those included that no event loop has
   *     taken on yet
   */
  public Doors(ToIntFunction<NetServerOptions> places) {
    Transport own = Transport.nativeTransport();
    this.transport = own != null && own.available() ? own : Transport.NIO;
    this.places = places;
  }

  @Override
  public String name() {
    return transport.name();
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public Throwable unavailabilityCause() {
    return null;
  }

  @Override
  public io.vertx.core.spi.transport.Transport implementation() {
    return new WithDoors(transport.implementation(), places);
  }

  /**
   * Closes what is accepted beyond a number. On the thread that accepts, but for the count. Where
   * clients agree on TLS first, those that do not come to an end with it give way, oldest first:
   * nobody else knows of them yet.
   */
  private static final class Door extends ChannelInboundHandlerAdapter {
    private final int places;
    private final boolean isTls;
    private final AtomicInteger open = new AtomicInteger();

    /** In the order of their coming; some have been taken on, or are closed. */
    private final Deque<Channel> newcomers = new ArrayDeque<>();

    Door(int places, boolean isTls) {
      this.places = places;
      this.isTls = isTls;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      Channel accepted = (Channel) message;
      if (open.incrementAndGet() > places && !oldestNewcomerGoes()) {
        open.decrementAndGet();
        accepted.unsafe().closeForcibly();
        return;
      }
      accepted.closeFuture().addListener(closed -> open.decrementAndGet());
      context.fireChannelRead(message);
      if (isTls) {
        remember(accepted);
      }
    }

    private void remember(Channel accepted) {
      if (newcomers.size() >= 2 * places) {
        newcomers.removeIf(Door::isSettled);
      }
      newcomers.add(accepted);
    }

    private boolean oldestNewcomerGoes() {
      for (Channel next = newcomers.poll(); next != null; next = newcomers.poll()) {
        if (!isSettled(next)) {
          Channel oldest = next;
          oldest.eventLoop().execute(() -> oldest.unsafe().close(oldest.voidPromise()));
          return true;
        }
      }
      return false;
    }

    /** Whether an event loop has taken it on, after the agreement on TLS, or it is closed. */
    private static boolean isSettled(Channel channel) {
      return !channel.isActive() || channel.pipeline().get(VertxHandler.class) != null;
    }
  }

  private record WithDoors(
      io.vertx.core.spi.transport.Transport transport, ToIntFunction<NetServerOptions> places)
      implements io.vertx.core.spi.transport.Transport {
    @Override
    public void configure(NetServerOptions options, boolean domain, ServerBootstrap bootstrap) {
      transport.configure(options, domain, bootstrap);
      bootstrap.handler(new Door(places.applyAsInt(options), options.isSsl()));
    }

    @Override
    public void configure(
        ClientOptionsBase options, int connectTimeout, boolean domain, Bootstrap bootstrap) {
      transport.configure(options, connectTimeout, domain, bootstrap);
    }

    @Override
    public boolean supportsDomainSockets() {
      return transport.supportsDomainSockets();
    }

    @Override
    public boolean supportFileRegion() {
      return transport.supportFileRegion();
    }

    @Override
    public java.net.SocketAddress convert(SocketAddress address) {
      return transport.convert(address);
    }

    @Override
    public SocketAddress convert(java.net.SocketAddress address) {
      return transport.convert(address);
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
      return transport.ioHandlerFactory();
    }

    @Override
    public EventLoopGroup eventLoopGroup(
        int type, int threads, ThreadFactory threadFactory, int ioRatio) {
      return transport.eventLoopGroup(type, threads, threadFactory, ioRatio);
    }

    @Override
    public DatagramChannel datagramChannel() {
      return transport.datagramChannel();
    }

    @Override
    @SuppressWarnings("deprecation")
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
      return transport.datagramChannel(family);
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domain) {
      return transport.channelFactory(domain);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domain) {
      return transport.serverChannelFactory(domain);
    }
  }
}
