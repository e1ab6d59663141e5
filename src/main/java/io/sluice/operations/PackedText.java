package io.sluice.operations;

import io.sluice.dialect.Pieces;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A long text that repeats itself, sent piece by piece. Until then it is kept compressed, so that a
 * client that reads slowly keeps little of it in memory, and need not be cut for it.
 */
final class PackedText implements Pieces {
  static final int PIECE_BYTES = 32_768;

  private final InputStream text;

  private PackedText(InputStream text) {
    this.text = text;
  }

  /** Blocks while it compresses: milliseconds a megabyte. */
  static PackedText of(byte[] text) {
    var packed = new ByteArrayOutputStream();
    try (var out = new DeflaterOutputStream(packed)) {
      out.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new PackedText(new InflaterInputStream(new ByteArrayInputStream(packed.toByteArray())));
  }

  @Override
  public Future<Optional<Buffer>> next() {
    try {
      byte[] piece = text.readNBytes(PIECE_BYTES);
      if (piece.length == 0) {
        left();
        return Future.succeededFuture(Optional.empty());
      }
      return Future.succeededFuture(Optional.of(Buffer.buffer(piece)));
    } catch (IOException e) {
      return Future.failedFuture(e);
    }
  }

  /** Gives back the memory outside the heap that unpacking takes. */
  @Override
  public void left() {
    try {
      text.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
