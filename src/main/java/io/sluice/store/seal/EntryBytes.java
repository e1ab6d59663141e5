package io.sluice.store.seal;

import io.sluice.seal.Hash;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * An entry as it is written, field by field in the order of these methods: the bytes that {@link
 * EntrySql#ENTRY} makes of a row. Each names a field, and what follows it is its value. For one
 * thread only.
 */
public final class EntryBytes {
  /** Times of years with four digits; others are left to PostgreSQL. */
  private static final long FIRST_SECOND = -62_135_596_800L;

  private static final long LAST_SECOND = 253_402_300_799L;
  private static final int MICROS_A_SECOND = 1_000_000;

  private static final byte[] HEX = ascii("0123456789abcdef");
  private static final byte[] BEGIN = ascii("sluice transfer 1\ntenant ");
  private static final byte[] ID = ascii("\nid ");
  private static final byte[] KIND = ascii("\nkind ");
  private static final byte[] STATUS = ascii("\nstatus ");
  private static final byte[] CREATED_AT = ascii("\ncreated_at ");
  private static final byte[] CREDENTIAL = ascii("\ncredential ");
  private static final byte[] KEY = ascii("\nkey ");
  private static final byte[] FINGERPRINT = ascii("\nfingerprint ");
  private static final byte[] DEBIT = ascii("\ndebit ");
  private static final byte[] CREDIT = ascii("\ncredit ");
  private static final byte[] DETAIL = ascii("\ndetail ");

  private static final int USUAL_BYTES = 1_024;
  private static final int MAX_LONG_DIGITS = 20;
  private static final int UUID_CHARS = 36;
  private static final int DECIMAL = 10;

  private byte[] bytes = new byte[USUAL_BYTES];
  private int length;
  private final byte[] digits = new byte[MAX_LONG_DIGITS];

  /** Transfers of one batch have one time. */
  private long second = Long.MIN_VALUE;

  private byte[] secondText = new byte[0];

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Begins another entry. */
  public EntryBytes begin(int tenant) {
    length = 0;
    return put(BEGIN).number(tenant).put(ID);
  }

  /** A text in UTF-8. */
  public EntryBytes kind(byte[] text, int from, int count) {
    return put(KIND).text(text, from, count);
  }

  public EntryBytes status(int status) {
    return put(STATUS).number(status);
  }

  /** Whether {@link #createdAt} can tell a time, in microseconds from 1970. */
  public static boolean canTell(long micros) {
    long seconds = Math.floorDiv(micros, MICROS_A_SECOND);
    return seconds >= FIRST_SECOND && seconds <= LAST_SECOND;
  }

  /**
   * In microseconds from 1970.
   *
   * @param micros of the years 1 to 9999
   */
  public EntryBytes createdAt(long micros) {
    long seconds = Math.floorDiv(micros, MICROS_A_SECOND);
    if (seconds != second) {
      second = seconds;
      String time = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC).toString();
      // A time on the minute has no seconds in Java.
      secondText = ascii((time + ":00").substring(0, "yyyy-mm-ddThh:mm:ss".length()));
    }
    put(CREATED_AT).put(secondText);
    int point = length;
    // A leading one keeps the zeros after it.
    number(MICROS_A_SECOND + Math.floorMod(micros, MICROS_A_SECOND));
    bytes[point] = '.';
    return put((byte) 'Z');
  }

  public EntryBytes credential() {
    return put(CREDENTIAL);
  }

  public EntryBytes key() {
    return put(KEY);
  }

  public EntryBytes fingerprint() {
    return put(FINGERPRINT);
  }

  /** Account, sequence, amount and balance follow, with {@link #next} between them. */
  public EntryBytes debit() {
    return put(DEBIT);
  }

  /** The same of the other side. */
  public EntryBytes credit() {
    return put(CREDIT);
  }

  public EntryBytes next() {
    return put((byte) ' ');
  }

  /** A text in UTF-8, which ends the entry. */
  public EntryBytes detail(byte[] text, int from, int count) {
    return put(DETAIL).text(text, from, count).put((byte) '\n');
  }

  /** Nothing is stored. */
  public EntryBytes none() {
    return put((byte) '-');
  }

  /** A number below zero follows, without its sign. */
  public EntryBytes minus() {
    return put((byte) '-');
  }

  /** An account that does not exist has a number only. */
  public EntryBytes numbered(long number) {
    return put((byte) '#').number(number);
  }

  /** A UUID by its two halves. */
  public EntryBytes uuid(long high, long low) {
    need(UUID_CHARS);
    hex(high >>> 32, 8);
    bytes[length++] = '-';
    hex(high >>> 16, 4);
    bytes[length++] = '-';
    hex(high, 4);
    bytes[length++] = '-';
    hex(low >>> 48, 4);
    bytes[length++] = '-';
    hex(low, 12);
    return this;
  }

  private void hex(long value, int count) {
    for (int i = length + count - 1; i >= length; i--) {
      bytes[i] = HEX[(int) value & 15];
      value >>>= 4;
    }
    length += count;
  }

  public EntryBytes number(long value) {
    int at = MAX_LONG_DIGITS;
    long rest = value;
    do {
      digits[--at] = (byte) ('0' + Math.abs(rest % DECIMAL));
      rest /= DECIMAL;
    } while (rest != 0);
    if (value < 0) {
      digits[--at] = '-';
    }
    return put(digits, at, MAX_LONG_DIGITS - at);
  }

  /** Four digits, with leading zeros. */
  public EntryBytes fourDigits(int value) {
    need(4);
    for (int i = length + 3, rest = value; i >= length; i--, rest /= DECIMAL) {
      bytes[i] = (byte) ('0' + rest % DECIMAL);
    }
    length += 4;
    return this;
  }

  /** What is text already, in ASCII. */
  public EntryBytes put(byte[] text, int from, int count) {
    need(count);
    System.arraycopy(text, from, bytes, length, count);
    length += count;
    return this;
  }

  private EntryBytes put(byte[] text) {
    return put(text, 0, text.length);
  }

  private EntryBytes put(byte one) {
    need(1);
    bytes[length++] = one;
    return this;
  }

  /** With the number of its bytes. */
  private EntryBytes text(byte[] text, int from, int count) {
    return number(count).put((byte) ':').put(text, from, count);
  }

  private void need(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  /** The hash of what it says. */
  public Hash hash() {
    return Hash.ofContent(bytes, length);
  }

  /** All of it. */
  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
