package io.sluice.loadtest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows on their way into a table, in COPY's binary format; for one thread. */
final class BinaryCopy implements AutoCloseable {
  private static final byte[] HEADER = "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int BUFFER_BYTES = 256 * 1_024;
  private static final int MAX_ROW_BYTES = 4_096;
  private static final int NUMERIC_BASE = 10_000;
  private static final int MAX_NUMERIC_DIGITS = 5;
  private static final short NUMERIC_NEGATIVE = 0x4000;

  private final CopyIn copy;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private final short[] digits = new short[MAX_NUMERIC_DIGITS];

  /**
   * Begins.
   *
   * @param table its name and, in parentheses, its columns
   * @param options further ones of COPY, such as {@code , FREEZE}; or none
   */
  BinaryCopy(Connection connection, String table, String options) throws SQLException {
    copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + table + " FROM STDIN (FORMAT binary" + options + ")");
    buffer.put(HEADER).putInt(0).putInt(0);
  }

  /** Begins a row; its columns follow in their order. */
  BinaryCopy row(int columns) throws SQLException {
    if (buffer.remaining() < MAX_ROW_BYTES) {
      send();
    }
    buffer.putShort((short) columns);
    return this;
  }

  BinaryCopy smallint(int value) {
    buffer.putInt(Short.BYTES).putShort((short) value);
    return this;
  }

  BinaryCopy integer(int value) {
    buffer.putInt(Integer.BYTES).putInt(value);
    return this;
  }

  BinaryCopy bigint(long value) {
    buffer.putInt(Long.BYTES).putLong(value);
    return this;
  }

  BinaryCopy uuid(long high, long low) {
    buffer.putInt(2 * Long.BYTES).putLong(high).putLong(low);
    return this;
  }

  BinaryCopy uuid(UUID value) {
    return uuid(value.getMostSignificantBits(), value.getLeastSignificantBits());
  }

  /** A text or a bytea. */
  BinaryCopy bytes(byte[] value) {
    buffer.putInt(value.length).put(value);
    return this;
  }

  /** A numeric without a fraction. */
  BinaryCopy numeric(long value) {
    int count = 0;
    for (long rest = Math.abs(value); rest > 0; rest /= NUMERIC_BASE) {
      digits[count++] = (short) (rest % NUMERIC_BASE);
    }
    buffer.putInt(4 * Short.BYTES + count * Short.BYTES);
    buffer.putShort((short) count).putShort((short) Math.max(0, count - 1));
    buffer.putShort(value < 0 ? NUMERIC_NEGATIVE : 0).putShort((short) 0);
    while (count > 0) {
      buffer.putShort(digits[--count]);
    }
    return this;
  }

  private void send() throws SQLException {
    copy.writeToCopy(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  /** Ends the COPY; the transaction is still to be committed. */
  @Override
  public void close() throws SQLException {
    buffer.putShort((short) -1);
    send();
    copy.endCopy();
  }
}
