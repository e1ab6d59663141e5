package io.sluice.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * Bytes that are sent again and again. They lie where the operating system takes them from; what
 * lies on the heap is copied there for each client, and stays as long as that one does not read.
 */
public final class LastingBytes {
  private LastingBytes() {}

  /** A buffer that nobody can change, and that is there for as long as this process. */
  public static Buffer of(byte[] bytes) {
    ByteBuf outside = Unpooled.directBuffer(Math.max(1, bytes.length)).writeBytes(bytes);
    return BufferInternal.buffer(Unpooled.unreleasableBuffer(outside.asReadOnly()));
  }
}
